package dev.orchestrator.agent.command;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentContract;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.time.TimeSource;
import java.util.List;
import java.util.Map;

/** What is the same for each kind of command. */
abstract class CommandContract extends AgentContract {
    private final AnswerForm form;
    private final boolean unsandboxed;

    CommandContract(AnswerForm form, boolean unsandboxed) {
        this.form = form;
        this.unsandboxed = unsandboxed;
    }

    @Override
    protected Agent agent(Setting setting) {
        CommandOptions options = new CommandOptions(
                List.of(setting.program().toString()), form, List.of(setting.passed()), List.of(), unsandboxed);
        CommandMachine machine =
                new CommandMachine(setting.environment(), Enclosures.of(setting.environment()), setting.own(), false);
        return new CommandAgent(
                "other",
                () -> Map.of("other", options),
                machine,
                new ProcessRunner(),
                setting.mostOutput(),
                Redactor.SHAPES_ONLY,
                TimeSource.system());
    }

    @Override
    protected String begins() {
        return "echo up >&2\n";
    }

    @Override
    protected String succeeds(String words) {
        return form == AnswerForm.TEXT ? "echo '" + words + "'\n" : "echo '{\"result\":\"" + words + "\"}'\n";
    }

    @Override
    protected boolean resumes() {
        return false;
    }
}
