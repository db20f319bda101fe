package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.AcceptanceRun;
import java.util.List;

/** What the agent is told of commands that did not pass. Pure. */
final class Feedback {
    private Feedback() {}

    static String of(List<AcceptanceRun> red) {
        StringBuilder text =
                new StringBuilder("The work is not accepted yet: after you had finished, the orchestrator ran"
                        + " these commands in the working directory, and they did not pass.\n");
        for (AcceptanceRun run : red) {
            text.append("\n## ")
                    .append(Markdown.code(run.command()))
                    .append("\n\nIt ")
                    .append(end(run))
                    .append(".\n");
            if (!run.output().isBlank()) {
                text.append("\n").append(Markdown.block(run.output()));
            }
        }
        text.append(
                "\nFind the cause, and mend your work. Do not make the commands pass by weakening what they check. The rules of"
                        + " this run hold as before; end with a short report of what you changed.\n");
        return text.toString();
    }

    static String end(AcceptanceRun run) {
        return switch (run.outcome()) {
            case "timeout" -> "was stopped after " + run.durationMs() / 1000 + " s, since it took too long";
            case "flood" -> "was stopped, since it printed too much";
            case "not_started" -> "could not be started: " + run.output();
            default -> "ended with exit code " + run.exitCode();
        };
    }
}
