package dev.orchestrator.state;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fold of the journal up to one event. It holds the tasks that are not over in full and of the others only sums and
 * the latest few, so that its size does not grow with history.
 *
 * @param seq of the last event in it
 * @param position of the journal behind that event
 * @param daemon the last daemon that started, null when none ever did
 */
public record Snapshot(
        String schemaVersion,
        long seq,
        JournalPosition position,
        @Nullable DaemonView daemon,
        Totals totals,
        List<TaskView> active,
        List<FinishedTask> recent) {

    public static final String SCHEMA_VERSION = "1.0";
    public static final Snapshot EMPTY =
            new Snapshot(SCHEMA_VERSION, 0, JournalPosition.START, null, Totals.NONE, List.of(), List.of());

    public Snapshot {
        Objects.requireNonNull(position);
        Objects.requireNonNull(totals);
        active = List.copyOf(active);
        recent = List.copyOf(recent);
    }

    /**
     * @param stoppedAt null while it runs, or when it died without a word
     * @param stopReason why it stopped
     */
    public record DaemonView(
            String version,
            long pid,
            int workers,
            Instant startedAt,
            @Nullable Instant stoppedAt,
            @Nullable String stopReason) {}

    /**
     * @param finished tasks that are over, by how they ended
     * @param rejectedFiles files that were not understood
     * @param impossibleTransitions events that contradict the table of {@link TaskStatus}; anything but 0 is a fault
     */
    public record Totals(
            long accepted,
            Map<TaskStatus, Long> finished,
            long rejectedFiles,
            long attempts,
            BigDecimal costUsd,
            long securityViolations,
            long impossibleTransitions) {
        public static final Totals NONE = new Totals(0, Map.of(), 0, 0, BigDecimal.ZERO, 0, 0);

        public Totals {
            finished = Map.copyOf(finished);
            Objects.requireNonNull(costUsd);
        }
    }

    /** One line about a task that is over. */
    public record FinishedTask(TaskId taskId, String title, TaskStatus status, Instant finishedAt, long durationMs) {}
}
