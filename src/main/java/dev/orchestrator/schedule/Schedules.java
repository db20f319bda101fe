package dev.orchestrator.schedule;

import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.ScheduleFileReader;
import dev.orchestrator.intake.file.ScheduleFileReader.Result;
import dev.orchestrator.intake.file.TaskFileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code schedules/}. Thread-safe. */
public final class Schedules {
    /** With a time behind it, it is an id. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    private final Path directory;
    private final Supplier<ScheduleFileReader> reader;
    private final ZoneId here;

    /**
     * @param directory need not exist
     * @param reader asked once for each file
     * @param here the time zone of this machine, for those that name none
     */
    public Schedules(Path directory, Supplier<ScheduleFileReader> reader, ZoneId here) {
        this.directory = directory;
        this.reader = reader;
        this.here = here;
    }

    /** One file. */
    public sealed interface Entry {
        /** Of the file, without {@code .task.md}. */
        String name();

        record Valid(Schedule schedule) implements Entry {
            @Override
            public String name() {
                return schedule.name();
            }
        }

        /** Nothing comes of it until it is corrected. */
        record Invalid(String name, Rejection why) implements Entry {
            public String problem() {
                return "schedules/" + name + ".task.md" + (why.line() == null ? "" : ":" + why.line()) + ": "
                        + why.reason();
            }
        }
    }

    /** All, by name. */
    public List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (TaskFileNames.isTaskFile(file.getFileName().toString())) {
                    entries.add(read(file));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    private Entry read(Path file) {
        String fileName = file.getFileName().toString();
        String name = TaskFileNames.stem(fileName);
        if (!NAME.matcher(name).matches()) {
            return invalid(name, "The name cannot begin an id", null, "Use at most 40 small letters, digits, - and _.");
        }
        try {
            Result result = reader.get().read(fileName, Files.readAllBytes(file));
            return result instanceof Result.Understood understood
                    ? entry(name, understood)
                    : new Entry.Invalid(name, ((Result.NotUnderstood) result).rejection());
        } catch (IOException e) {
            return invalid(name, "It cannot be read: " + e.getMessage(), null, "Look at its permissions.");
        }
    }

    private Entry entry(String name, Result.Understood read) {
        ZoneId zone;
        try {
            zone = read.timeZone() == null ? here : ZoneId.of(read.timeZone());
        } catch (DateTimeException e) {
            return invalid(
                    name,
                    "There is no time zone '" + read.timeZone() + "'",
                    read.line(),
                    "Write one like Europe/Berlin.");
        }
        try {
            Timetable timetable = Timetable.parse(read.schedule(), zone);
            return new Entry.Valid(new Schedule(name, timetable, read.skipIfMissed(), read.task()));
        } catch (IllegalArgumentException e) {
            return invalid(
                    name,
                    "schedule: '" + read.schedule() + "' " + e.getMessage(),
                    read.line(),
                    "Write five fields, such as \"0 3 * * 1-5\" for 03:00 from Monday to Friday, or @daily.");
        }
    }

    private static Entry invalid(String name, String reason, @Nullable Integer line, String remedy) {
        return new Entry.Invalid(name, new Rejection(reason, line, remedy));
    }
}
