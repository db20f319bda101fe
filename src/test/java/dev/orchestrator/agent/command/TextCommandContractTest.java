package dev.orchestrator.agent.command;

class TextCommandContractTest extends CommandContract {
    TextCommandContractTest() {
        super(AnswerForm.TEXT, true);
    }
}
