package dev.orchestrator.schedule;

import dev.orchestrator.intake.file.ScheduleFileReader.TaskText;
import dev.orchestrator.task.TaskId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A file of {@code schedules/} that is as it should be.
 *
 * @param name of the file, without {@code .task.md}
 * @param skipIfMissed whether nothing is made up for when no daemon was there
 */
public record Schedule(String name, Timetable timetable, boolean skipIfMissed, TaskText task) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The same for the same {@code due}, in UTC: so a task is made once, whatever happens in between, and another time is another id. */
    TaskId idAt(Instant due) {
        return new TaskId(name + "-" + TIME.format(due));
    }
}
