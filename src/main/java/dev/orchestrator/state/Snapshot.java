package dev.orchestrator.state;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fold of the journal up to one event. It holds the tasks that are not over in full and of the others only sums and
 * the latest few, so that its size does not grow with history.
 *
 * @param seq of the last event in it
 * @param position of the journal behind that event
 * @param daemon the last daemon that started, null when none ever did
 * @param today what the latest day with an attempt came to
 * @param holds what is in the way of starting tasks
 * @param outbox notices that are not told yet everywhere
 * @param schedules what comes by the clock
 */
public record Snapshot(
        String schemaVersion,
        long seq,
        JournalPosition position,
        @Nullable DaemonView daemon,
        Totals totals,
        Today today,
        List<Hold> holds,
        List<TaskView> active,
        List<FinishedTask> recent,
        Outbox outbox,
        List<ScheduleView> schedules) {

    /**
     * Another version is folded anew from the journal. Since version 1.6 that may have lost its beginning (`prune`), so whoever raises
     * this has to read snapshots of 1.6 all the same, {@code state-base.json} too: nothing else has their sums.
     */
    public static final String SCHEMA_VERSION = "1.6";

    public static final Snapshot EMPTY = new Snapshot(
            SCHEMA_VERSION,
            0,
            JournalPosition.START,
            null,
            Totals.NONE,
            Today.NONE,
            List.of(),
            List.of(),
            List.of(),
            Outbox.EMPTY,
            List.of());

    public Snapshot {
        Objects.requireNonNull(position);
        Objects.requireNonNull(totals);
        Objects.requireNonNull(today);
        Objects.requireNonNull(outbox);
        holds = List.copyOf(holds);
        active = List.copyOf(active);
        recent = List.copyOf(recent);
        schedules = List.copyOf(schedules);
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
            @Nullable String stopReason) {
        private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

        DaemonView stopped(Instant at, String reason) {
            return new DaemonView(version, pid, workers, startedAt, at, reason);
        }

        /** Its settings are others now. */
        DaemonView after(DaemonEvent.ConfigReloaded reloaded) {
            int now = workers;
            for (DaemonEvent.ConfigReloaded.Change change : reloaded.changes()) {
                if (change.setting().equals("workers")
                        && NUMBER.matcher(change.after()).matches()) {
                    now = Integer.parseInt(change.after());
                }
            }
            return new DaemonView(version, pid, now, startedAt, stoppedAt, stopReason);
        }
    }

    /**
     * @param finished how often a task ended, by how it did
     * @param reopened how often one that had ended so began anew; what is left of {@code finished} are tasks; null in what
     *     an earlier version wrote
     * @param attempts that were begun, where there was an agent
     * @param costUsd of all attempts that ended, as the agent estimated
     * @param rejectedFiles files that were not understood
     * @param impossibleTransitions events that contradict the table of {@link TaskStatus}; anything but 0 is a fault
     */
    public record Totals(
            long accepted,
            Map<TaskStatus, Long> finished,
            @Nullable Map<TaskStatus, Long> reopened,
            long rejectedFiles,
            long attempts,
            BigDecimal costUsd,
            long securityViolations,
            long impossibleTransitions) {
        public static final Totals NONE = new Totals(0, Map.of(), Map.of(), 0, 0, BigDecimal.ZERO, 0, 0);

        public Totals {
            finished = Map.copyOf(finished);
            reopened = reopened == null ? null : Map.copyOf(reopened);
            Objects.requireNonNull(costUsd);
        }

        /** Tasks that are over, and ended so. */
        public long over(TaskStatus status) {
            long begunAnew = reopened == null ? 0 : reopened.getOrDefault(status, 0L);
            return finished.getOrDefault(status, 0L) - begunAnew;
        }
    }

    /**
     * What one day came to so far.
     *
     * @param day in UTC, such as {@code 2026-11-22}; empty before the first attempt ever
     * @param attempts that were begun
     * @param costUsd of the attempts that ended
     */
    public record Today(String day, long attempts, BigDecimal costUsd) {
        public static final Today NONE = new Today("", 0, BigDecimal.ZERO);

        public Today {
            Objects.requireNonNull(day);
            Objects.requireNonNull(costUsd);
        }

        /**
         * This, or an empty one when {@code now} is on another day. The day before is not another day: the clock was set back
         * over midnight, and what was spent is spent.
         */
        public Today at(Instant now) {
            boolean same = dayOf(now).equals(day)
                    || dayOf(now.plus(1, ChronoUnit.DAYS)).equals(day);
            return same ? this : new Today(dayOf(now), 0, BigDecimal.ZERO);
        }

        private static String dayOf(Instant instant) {
            return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        }

        Today plusAttempt(Instant at) {
            Today then = at(at);
            return new Today(then.day, then.attempts + 1, then.costUsd);
        }

        Today minusAttempt(Instant at) {
            Today then = at(at);
            return new Today(then.day, Math.max(0, then.attempts - 1), then.costUsd);
        }

        Today plusCost(BigDecimal cost, Instant at) {
            Today then = at(at);
            return new Today(then.day, then.attempts, then.costUsd.add(cost));
        }
    }

    /** One line about a task that is over. */
    public record FinishedTask(TaskId taskId, String title, TaskStatus status, Instant finishedAt, long durationMs) {}
}
