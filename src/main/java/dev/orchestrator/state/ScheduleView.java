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
 * @param problem why nothing can come of it as it is, null when all is well
 */
public record ScheduleView(
        String name,
        String when,
        String timeZone,
        Instant doneUntil,
        @Nullable TaskId lastTask,
        @Nullable String lastSkipped,
        @Nullable String problem) {

    /** One of which nothing is known yet. */
    static ScheduleView seen(String name, Instant at) {
        return new ScheduleView(name, "", "", at, null, null, null);
    }

    ScheduleView refused(String why) {
        return new ScheduleView(name, when, timeZone, doneUntil, lastTask, lastSkipped, why);
    }

    /** What it was due for by the same while it was refused counts still. */
    ScheduleView set(String newWhen, String newZone, Instant at) {
        Instant since = isAs(newWhen, newZone) ? doneUntil : at;
        return new ScheduleView(name, newWhen, newZone, since, lastTask, null, null);
    }

    ScheduleView made(Instant due, TaskId task) {
        return new ScheduleView(name, when, timeZone, due, task, null, null);
    }

    ScheduleView skipped(Instant due, String reason) {
        return new ScheduleView(name, when, timeZone, due, lastTask, reason, null);
    }

    /** Whether it is still that file, as it was. */
    public boolean isAs(String otherWhen, String otherZone) {
        return when.equals(otherWhen) && timeZone.equals(otherZone);
    }
}
