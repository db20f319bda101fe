package dev.orchestrator.agent.command;

class JsonCommandContractTest extends CommandContract {
    JsonCommandContractTest() {
        super(AnswerForm.JSON, true);
    }
}
