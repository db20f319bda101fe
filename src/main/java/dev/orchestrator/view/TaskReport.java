package dev.orchestrator.view;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Approval;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.OpenQuestion;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.task.Understood;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one task stands, whether it is under way or over.
 *
 * @param type as it was understood; before that as the task file named it, null when it did not
 * @param attempt number of the latest attempt of the turn, 0 before the first
 * @param step that runs, null when none does
 * @param percent rough progress
 * @param elapsedMs from the start of the turn to now, to when it began to wait for a person, or to its end; null before it ran,
 *     and while no daemon watches what runs: then nothing goes on
 * @param toolCalls of the latest attempt so far, null when the task is over
 * @param notBefore it rests until then
 * @param waitsFor why it is queued, in words; empty when it only waits for a worker
 * @param finishedAt null while it is under way
 * @param error of the latest attempt, or why the task failed
 * @param violations how often it reached beyond its bounds in this turn
 * @param approval what its change waits for; null when it has none that waits
 * @param question that its agent waits to have answered; null when it does not
 * @param guard whether each of its calls was asked for; null while it is under way
 * @param sandbox in which it ran, {@code none} for none; null while it is under way
 * @param projectConfig whether the settings of its repository counted; null while it is under way
 * @param artifact relative to the home, null when there is none yet
 */
public record TaskReport(
        TaskId taskId,
        String title,
        @Nullable String type,
        TaskStatus status,
        int turn,
        int attempt,
        @Nullable Step step,
        int percent,
        Instant acceptedAt,
        @Nullable Instant startedAt,
        @Nullable Long elapsedMs,
        @Nullable Integer toolCalls,
        @Nullable Instant notBefore,
        List<String> waitsFor,
        @Nullable Instant finishedAt,
        @Nullable Failure error,
        int violations,
        @Nullable Approval approval,
        @Nullable OpenQuestion question,
        @Nullable String guard,
        @Nullable String sandbox,
        @Nullable String projectConfig,
        @Nullable String artifact) {

    /** @param watchedAt now; null when no daemon watches it */
    static TaskReport active(TaskView view, List<String> waitsFor, @Nullable Instant watchedAt) {
        TaskSpec spec = view.task().spec();
        @Nullable AttemptView last = view.lastAttempt().orElse(null);
        return new TaskReport(
                view.id(),
                spec.title(),
                type(view),
                view.status(),
                view.turn(),
                last == null ? 0 : last.number(),
                view.step(),
                view.percent(),
                view.task().acceptedAt(),
                view.startedAt(),
                elapsed(view.startedAt(), view.waitsSince() == null ? watchedAt : view.waitsSince()),
                last == null ? 0 : last.counts().toolCalls(),
                view.notBefore(),
                waitsFor,
                null,
                last == null ? null : last.failure(),
                view.attempts().stream()
                        .mapToInt(attempt -> attempt.counts().violations())
                        .sum(),
                view.approval(),
                view.question(),
                null,
                null,
                null,
                null);
    }

    /** True when it runs as far as anybody knows, and no daemon is there that would. */
    public boolean isUnwatched() {
        return status == TaskStatus.RUNNING && elapsedMs == null;
    }

    static TaskReport over(Artifact artifact, String file) {
        return new TaskReport(
                artifact.taskId(),
                artifact.title(),
                artifact.type(),
                artifact.status(),
                artifact.turn(),
                artifact.attempt(),
                null,
                100,
                artifact.acceptedAt(),
                artifact.startedAt(),
                artifact.durationMs(),
                null,
                null,
                List.of(),
                artifact.finishedAt(),
                artifact.error(),
                artifact.security().violations().size(),
                null,
                null,
                artifact.security().guard(),
                artifact.security().sandbox(),
                artifact.security().projectConfig(),
                file);
    }

    private static @Nullable String type(TaskView view) {
        Understood understood = view.notes().understood();
        return understood == null ? view.task().spec().type() : understood.type();
    }

    private static @Nullable Long elapsed(@Nullable Instant start, @Nullable Instant until) {
        return start == null || until == null
                ? null
                : Math.max(0, Duration.between(start, until).toMillis());
    }
}
