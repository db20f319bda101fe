package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import java.time.Duration;

/** {@code summaries/ID.md}: what a person reads first. Pure. */
final class SummaryText {
    private static final int MOST_FILES = 30;

    private SummaryText() {}

    static String of(Artifact artifact) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(artifact.title()).append("\n\n");
        text.append("**").append(artifact.status()).append("** · ").append(artifact.type());
        text.append(" · ").append(seconds(artifact.durationMs()));
        if (artifact.agent() != null && artifact.agent().costUsd() != null) {
            text.append(" · $").append(artifact.agent().costUsd().toPlainString());
        }
        text.append(" · task `").append(artifact.taskId()).append("`\n");
        error(text, artifact);
        files(text, artifact);
        checks(text, artifact);
        if (!artifact.result().isBlank()) {
            text.append("\n## What the agent said\n\n")
                    .append(artifact.result().strip())
                    .append('\n');
        }
        text.append("\nEverything else: `results/").append(artifact.taskId()).append(".json`\n");
        return text.toString();
    }

    private static void error(StringBuilder text, Artifact artifact) {
        if (artifact.error() == null) {
            return;
        }
        text.append("\n## Why\n\n")
                .append(artifact.error().message())
                .append(" (")
                .append(artifact.error().category())
                .append(").\n\n")
                .append("Next: ")
                .append(artifact.error().suggestedAction())
                .append('\n');
    }

    private static void files(StringBuilder text, Artifact artifact) {
        if (artifact.filesModified().isEmpty()) {
            return;
        }
        text.append("\n## Files changed\n\n");
        artifact.filesModified().stream()
                .limit(MOST_FILES)
                .forEach(file -> text.append("- ")
                        .append(file.change())
                        .append(" `")
                        .append(file.path())
                        .append("`\n"));
        int more = artifact.filesModifiedCount()
                - Math.min(MOST_FILES, artifact.filesModified().size());
        if (more > 0) {
            text.append("- and ").append(more).append(" more\n");
        }
    }

    private static void checks(StringBuilder text, Artifact artifact) {
        if (artifact.validation().checks().isEmpty()) {
            return;
        }
        text.append("\n## Checks\n\n");
        for (Artifact.Check check : artifact.validation().checks()) {
            text.append("- ").append(check.name()).append(": ").append(check.verdict());
            boolean doubt = check.verdict().equals("fail") || check.verdict().equals("unknown");
            text.append(doubt ? " (" + check.severity() + ")" : "");
            text.append(": ").append(check.detail()).append('\n');
        }
    }

    private static String seconds(long millis) {
        Duration duration = Duration.ofMillis(millis);
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
}
