package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentContract;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.testkit.Guards;
import dev.orchestrator.time.TimeSource;
import java.util.List;

class ClaudeContractTest extends AgentContract {
    @Override
    protected Agent agent(Setting setting) {
        return new ClaudeAgent(
                () -> new ClaudeOptions(
                        "claude",
                        setting.program().toString(),
                        List.of(),
                        List.of(setting.passed()),
                        null,
                        setting.mostOutput()),
                new ClaudeProgram(new Programs(setting.environment(), false)),
                new ProcessRunner(),
                setting.environment(),
                Guards.absent(),
                Redactor.SHAPES_ONLY,
                TimeSource.system());
    }

    @Override
    protected String begins() {
        return ScriptedClaude.INIT;
    }

    @Override
    protected String succeeds(String words) {
        return "echo '{\"type\":\"assistant\",\"message\":{\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\""
                + words + "\"}]}}'\n"
                + ScriptedClaude.result("'is_error':false,'subtype':'success','result':'" + words + "'");
    }

    @Override
    protected boolean resumes() {
        return true;
    }
}
