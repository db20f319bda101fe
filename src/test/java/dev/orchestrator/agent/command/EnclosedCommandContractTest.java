package dev.orchestrator.agent.command;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
        value = "dev.orchestrator.agent.command.Enclosures#areThere",
        disabledReason = "platform: there is no sandbox here")
class EnclosedCommandContractTest extends CommandContract {
    EnclosedCommandContractTest() {
        super(AnswerForm.TEXT, false);
    }
}
