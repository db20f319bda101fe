package dev.orchestrator.task;

import java.time.Instant;

/** What becomes of the files in {@code schedules/}. */
public sealed interface ScheduleEvent extends DaemonEvent {
    /** Name of the file, without {@code .task.md}. */
    String schedule();

    /**
     * From now on it is due by this; what was due by another one is done with.
     *
     * @param when as it is written
     * @param timeZone such as {@code Europe/Berlin}
     */
    record ScheduleSet(String schedule, String when, String timeZone) implements ScheduleEvent {}

    /** Nothing comes of it as it is now; once it is corrected, what it was due for meanwhile counts as missed. */
    record ScheduleRefused(String schedule, String problem) implements ScheduleEvent {}

    /** The file is gone. */
    record ScheduleRemoved(String schedule) implements ScheduleEvent {}

    /**
     * A task file was made.
     *
     * @param due when it was to be; all before that is done with
     */
    record ScheduleDue(String schedule, Instant due, TaskId taskId) implements ScheduleEvent {}

    /**
     * It was due and no task was made.
     *
     * @param due all until then is done with
     */
    record ScheduleSkipped(String schedule, Instant due, String reason) implements ScheduleEvent {}
}
