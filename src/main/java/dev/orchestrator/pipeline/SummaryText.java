package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Failure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code summaries/ID.md}: what a person reads first. Whatever comes from outside (titles, names, what the agent said) is
 * put in so that it cannot pass for a part of the summary. Pure.
 */
final class SummaryText {
    private static final int MOST_FILES = 30;

    private SummaryText() {}

    static String of(Artifact artifact) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(Markdown.line(artifact.title())).append("\n\n");
        text.append("**").append(artifact.status()).append("** · ").append(artifact.type());
        text.append(" · ").append(seconds(artifact.durationMs()));
        if (artifact.agent() != null && artifact.agent().costUsd() != null) {
            text.append(" · $").append(artifact.agent().costUsd().toPlainString());
        }
        text.append(" · task `").append(artifact.taskId()).append("`\n");
        error(text, artifact.error());
        files(text, artifact);
        security(text, artifact.security());
        checks(text, artifact.validation().checks());
        if (!artifact.result().isBlank()) {
            text.append("\n## What the agent said\n\n").append(Markdown.block(artifact.result()));
        }
        text.append("\nGuard: ").append(artifact.security().guard());
        text.append(", sandbox: ").append(artifact.security().sandbox()).append('\n');
        text.append("\nEverything else: `results/").append(artifact.taskId()).append(".json`\n");
        return text.toString();
    }

    private static void error(StringBuilder text, @Nullable Failure error) {
        if (error == null) {
            return;
        }
        text.append("\n## Why\n\n").append(Markdown.line(error.message()));
        text.append(" (").append(error.category()).append(").\n\n");
        text.append("Next: ").append(error.suggestedAction()).append('\n');
    }

    private static void files(StringBuilder text, Artifact artifact) {
        if (artifact.filesModified().isEmpty() && artifact.filesUnread().isEmpty()) {
            return;
        }
        text.append("\n## Files changed\n\n");
        artifact.filesModified().stream()
                .limit(MOST_FILES)
                .forEach(file -> item(text, file.change() + " " + Markdown.code(file.path())));
        int more = artifact.filesModifiedCount()
                - Math.min(MOST_FILES, artifact.filesModified().size());
        if (more > 0) {
            item(text, "and " + more + " more");
        }
        unread(text, artifact.filesUnread());
    }

    private static void unread(StringBuilder text, List<String> places) {
        places.stream()
                .limit(MOST_FILES)
                .forEach(place -> item(text, "not known of " + Markdown.code(place) + ", which could not be read"));
        if (places.size() > MOST_FILES) {
            item(text, "nor of " + (places.size() - MOST_FILES) + " more places");
        }
    }

    private static void security(StringBuilder text, Artifact.SecurityReport security) {
        int unguarded = security.unguardedCalls() == null ? 0 : security.unguardedCalls();
        List<Artifact.Violation> violations = security.violations();
        if (violations.isEmpty() && unguarded == 0) {
            return;
        }
        text.append("\n## What it reached for beyond its bounds\n\n");
        violations.stream().limit(MOST_FILES).forEach(violation -> item(text, tried(violation)));
        if (violations.size() > MOST_FILES) {
            item(text, "and " + (violations.size() - MOST_FILES) + " more");
        }
        if (unguarded > 0) {
            item(text, unguarded + " calls of tools were made while no guard was there; they are judged afterwards");
        }
    }

    private static String tried(Artifact.Violation violation) {
        String target = violation.target() == null ? "" : " " + Markdown.code(violation.target());
        return Markdown.line(violation.tool()) + target + ": " + Markdown.line(violation.reason());
    }

    private static void checks(StringBuilder text, List<Artifact.Check> checks) {
        if (checks.isEmpty()) {
            return;
        }
        text.append("\n## Checks\n\n");
        for (Artifact.Check check : checks) {
            boolean doubt = check.verdict().equals("fail") || check.verdict().equals("unknown");
            String severity = doubt ? " (" + check.severity() + ")" : "";
            item(text, check.name() + ": " + check.verdict() + severity + ": " + Markdown.line(check.detail()));
        }
    }

    private static void item(StringBuilder text, String item) {
        text.append("- ").append(item).append('\n');
    }

    private static String seconds(long millis) {
        Duration duration = Duration.ofMillis(millis);
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
}
