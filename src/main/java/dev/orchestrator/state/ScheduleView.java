package dev.orchestrator.state;

import dev.orchestrator.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one file of {@code schedules/} is.
 *
 * @param when as it is written
 * @param doneUntil what was due until then is done with
 * @param lastTask the latest that came of it, null before the first
 * @param lastSkipped why nothing came of it the last time, null when something did
 */
public record ScheduleView(
        String name,
        String when,
        String timeZone,
        Instant doneUntil,
        @Nullable TaskId lastTask,
        @Nullable String lastSkipped) {

    ScheduleView made(Instant due, TaskId task) {
        return new ScheduleView(name, when, timeZone, due, task, null);
    }

    ScheduleView skipped(Instant due, String reason) {
        return new ScheduleView(name, when, timeZone, due, lastTask, reason);
    }

    /** Whether it is still that file, as it was. */
    public boolean isAs(String otherWhen, String otherZone) {
        return when.equals(otherWhen) && timeZone.equals(otherZone);
    }
}
