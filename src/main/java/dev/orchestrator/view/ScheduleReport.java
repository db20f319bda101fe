package dev.orchestrator.view;

import dev.orchestrator.schedule.Timetable;
import dev.orchestrator.state.ScheduleView;
import dev.orchestrator.task.TaskId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One file of {@code schedules/}, as the daemon saw it last.
 *
 * @param when as it is written; empty for one that was never as it should be
 * @param nextDue null when nothing comes of it as it is
 * @param lastTask the latest that came of it, null before the first
 * @param lastSkipped why nothing came of it the last time, null when something did
 * @param problem why nothing can come of it, null when all is well
 */
public record ScheduleReport(
        String name,
        String when,
        String timeZone,
        @Nullable Instant nextDue,
        @Nullable TaskId lastTask,
        @Nullable String lastSkipped,
        @Nullable String problem) {

    static ScheduleReport of(ScheduleView view, Instant now) {
        return new ScheduleReport(
                view.name(),
                view.when(),
                view.timeZone(),
                view.problem() == null ? nextDue(view, now) : null,
                view.lastTask(),
                view.lastSkipped(),
                view.problem());
    }

    private static @Nullable Instant nextDue(ScheduleView view, Instant now) {
        try {
            return Timetable.parse(view.when(), ZoneId.of(view.timeZone()))
                    .next(now)
                    .orElse(null);
        } catch (IllegalArgumentException | DateTimeException e) {
            // Another version of this program understood it.
            return null;
        }
    }
}
