package dev.orchestrator.view;

import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.Hold;
import java.time.Instant;
import java.util.List;

/**
 * How everything stands.
 *
 * @param at when this was found out
 * @param lastSeq of the last event that is in it
 * @param today what this day (UTC) has come to
 * @param holds what is in the way of starting tasks
 * @param droppedFiles task files in {@code tasks/} that are not accepted yet; at most {@link #MOST_DROPPED} are counted
 * @param unusableEntries what is called like a task file in {@code tasks/} and is a link or a directory; counted likewise
 * @param commands that nobody has done yet; a daemon does them within moments, so they wait for one
 * @param queuedCount how many tasks are queued
 * @param queued those that are likely to be next
 * @param waiting for a person
 * @param recent the latest that ended, latest first
 * @param schedules what comes by the clock
 * @param unreadSchedules files in {@code schedules/} of a home that no daemon has run in; empty afterwards
 */
public record StatusReport(
        String schemaVersion,
        Instant at,
        String home,
        long lastSeq,
        DaemonStatus daemon,
        Snapshot.Totals totals,
        Snapshot.Today today,
        List<Hold> holds,
        int droppedFiles,
        int unusableEntries,
        int commands,
        List<TaskReport> running,
        int queuedCount,
        List<TaskReport> queued,
        List<TaskReport> waiting,
        List<Snapshot.FinishedTask> recent,
        List<ScheduleReport> schedules,
        List<String> unreadSchedules) {
    static final String SCHEMA_VERSION = "1.0";
    public static final int MOST_DROPPED = 1000;

    public StatusReport {
        holds = List.copyOf(holds);
        running = List.copyOf(running);
        queued = List.copyOf(queued);
        waiting = List.copyOf(waiting);
        recent = List.copyOf(recent);
        schedules = List.copyOf(schedules);
        unreadSchedules = List.copyOf(unreadSchedules);
    }

    /** True when this home has never had anything to do. */
    public boolean isEmpty() {
        return lastSeq == 0 && droppedFiles + unusableEntries == 0 && unreadSchedules.isEmpty();
    }
}
