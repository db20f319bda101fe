package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.AcceptanceRun;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.CoordinatorMove;
import dev.orchestrator.json.Json;
import dev.orchestrator.mediator.Summary;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code summaries/ID.md}: what a person reads first. Whatever comes from outside (titles, names, what the agent said) is
 * put in so that it cannot pass for a part of the summary. Pure.
 */
final class SummaryText {
    private static final int MOST_FILES = 30;
    private static final int LONGEST_OUTPUT = 4_000;

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
        inShort(text, artifact);
        error(text, artifact.error());
        approval(text, artifact);
        files(text, artifact);
        security(text, artifact.security());
        checks(text, artifact.validation().checks());
        acceptance(text, artifact.acceptance());
        coordination(text, artifact.coordination());
        if (!artifact.result().isBlank()) {
            text.append("\n## What the agent said\n\n").append(Markdown.block(artifact.result()));
        }
        output(text, artifact);
        if (artifact.result().isBlank()
                && artifact.error() == null
                && !artifact.summary().isBlank()) {
            text.append('\n').append(Markdown.line(artifact.summary())).append('\n');
        }
        text.append("\nGuard: ").append(artifact.security().guard());
        text.append(", sandbox: ").append(artifact.security().sandbox());
        text.append(projectConfig(artifact.security().projectConfig())).append('\n');
        text.append("\nEverything else: `results/").append(artifact.taskId()).append(".json`\n");
        return text.toString();
    }

    /** A model's words are said to be that: it may have missed what matters. */
    private static void inShort(StringBuilder text, Artifact artifact) {
        String by = artifact.summaryBy();
        if (by != null && !by.equals(Summary.BY_AGENT) && !by.equals(Summary.BY_US)) {
            text.append("\n## In short\n\n").append(Markdown.line(artifact.summary()));
            text.append(" (summed up by ").append(Markdown.line(by)).append(")\n");
        }
    }

    private static void error(StringBuilder text, @Nullable Failure error) {
        if (error == null) {
            return;
        }
        text.append("\n## Why\n\n").append(Markdown.line(error.message()));
        text.append(" (").append(error.category()).append(").\n\n");
        text.append("Next: ").append(error.suggestedAction()).append('\n');
    }

    private static void approval(StringBuilder text, Artifact artifact) {
        Artifact.Approval approval = artifact.approval();
        if (approval == null) {
            return;
        }
        if (artifact.status() == TaskStatus.AWAITING_APPROVAL) {
            waits(text, artifact.taskId(), approval);
        } else if (approval.decision() == null) {
            undecided(text, artifact.taskId());
        } else {
            decided(text, artifact.taskId(), approval);
        }
        if (!approval.leftOut().isEmpty()) {
            String paths = approval.leftOut().stream()
                    .limit(MOST_FILES)
                    .map(Markdown::code)
                    .collect(Collectors.joining(", "));
            text.append("\nNot in the patch, since no patch can carry it: ")
                    .append(paths)
                    .append(".\n");
        }
    }

    private static void waits(StringBuilder text, TaskId id, Artifact.Approval approval) {
        text.append("\n## Waits for you\n\nIt worked in a copy; nothing in its directory has changed. ");
        text.append("`show ")
                .append(id)
                .append(" --diff` shows the change, `approve ")
                .append(id);
        text.append("` applies it, `reject ").append(id).append("` does not.");
        if (approval.expiresAt() != null) {
            text.append(" Without a word it is rejected at ")
                    .append(approval.expiresAt())
                    .append('.');
        }
        text.append('\n');
    }

    private static void undecided(StringBuilder text, TaskId id) {
        text.append("\n## What became of the change\n\nThe task ended before anybody had decided. `show ");
        text.append(id).append(" --diff` shows what was not applied.\n");
    }

    private static void decided(StringBuilder text, TaskId id, Artifact.Approval approval) {
        text.append("\n## What was decided\n\n**").append(approval.decision()).append("** by ");
        text.append(Markdown.line(String.valueOf(approval.by()))).append(" at ").append(approval.decidedAt());
        text.append('.');
        if (approval.reason() != null) {
            text.append(" Why: ").append(Markdown.line(approval.reason())).append('.');
        }
        if (approval.undoPatch() != null) {
            text.append(" Applied: ")
                    .append(approval.applied().size())
                    .append(" of ")
                    .append(approval.files());
            text.append(" files. `approve --undo ").append(id).append("` takes it back.");
        }
        text.append('\n');
    }

    private static void files(StringBuilder text, Artifact artifact) {
        if (artifact.filesModified().isEmpty() && artifact.filesUnread().isEmpty()) {
            return;
        }
        text.append(heading(artifact));
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

    /** What nobody has approved is in no directory. */
    private static String heading(Artifact artifact) {
        if (!artifact.isOnlyInCopy()) {
            return "\n## Files changed\n\n";
        }
        return artifact.status() == TaskStatus.AWAITING_APPROVAL
                ? "\n## Files it wants to change\n\n"
                : "\n## Files it wanted to change\n\nIt worked in a copy, and nothing of this was applied.\n\n";
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

    private static String projectConfig(@Nullable String state) {
        if ("changed".equals(state)) {
            return ", settings of the repository: off, since they are not what was trusted. Look at them with `trust DIR`,"
                    + " and trust them again if they are as you want them.";
        }
        return "trusted".equals(state) ? ", hooks and MCP servers of the repository: on, as trusted" : "";
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

    private static void acceptance(StringBuilder text, List<AcceptanceRun> runs) {
        if (runs.isEmpty()) {
            return;
        }
        text.append("\n## Acceptance\n\n");
        for (AcceptanceRun run : runs) {
            String outcome = run.outcome().equals("green") ? "passed" : Feedback.end(run);
            item(text, "round " + run.round() + ": " + Markdown.code(run.command()) + " " + Markdown.line(outcome));
        }
    }

    private static void coordination(StringBuilder text, @Nullable List<CoordinatorMove> moves) {
        if (moves == null || moves.isEmpty()) {
            return;
        }
        text.append("\n## What the coordinator did\n\n");
        for (CoordinatorMove move : moves) {
            String outcome = move.outcome().isEmpty() ? "" : ": " + Markdown.line(move.outcome());
            String readOnly = move.readOnly() ? " (read only)" : "";
            item(text, move.tool() + readOnly + " " + Markdown.code(move.text()) + outcome);
        }
    }

    private static void output(StringBuilder text, Artifact artifact) {
        if (artifact.output() != null) {
            String json = Json.text(Json.pretty(), artifact.output());
            text.append("\n## What it gave\n\n").append(Markdown.block(Markdown.capped(json, LONGEST_OUTPUT)));
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
