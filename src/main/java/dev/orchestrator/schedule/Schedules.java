package dev.orchestrator.schedule;

import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.ScheduleFileReader;
import dev.orchestrator.intake.file.ScheduleFileReader.Result;
import dev.orchestrator.intake.file.TaskFileNames;
import dev.orchestrator.secret.Cut;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code schedules/}. Thread-safe. */
public final class Schedules {
    /** With a time behind it, it is an id. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    private static final int LONGEST_SHOWN = 60;

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

        /** Another when the file has become another. */
        String look();

        record Valid(Schedule schedule, String look) implements Entry {
            @Override
            public String name() {
                return schedule.name();
            }
        }

        /** Nothing comes of it until it is corrected. */
        record Invalid(String name, Rejection why, String look) implements Entry {
            public String problem() {
                return "schedules/" + name + ".task.md" + (why.line() == null ? "" : ":" + why.line()) + ": "
                        + why.reason();
            }
        }
    }

    boolean isThere() {
        return Files.isDirectory(directory);
    }

    /** All, by name, and each name once. A directory that is not there has none. */
    public List<Entry> read() throws IOException {
        return read(Map.of());
    }

    /** As {@link #read()}. A file that looks as it did when {@code known} was made of it is not read again. */
    List<Entry> read(Map<String, Entry> known) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (TaskFileNames.isTaskFile(file.getFileName().toString())) {
                    read(file, known).ifPresent(entry -> entries.merge(entry.name(), entry, Schedules::twice));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return List.copyOf(entries.values());
    }

    /** {@code a.task.md} and {@code a.TASK.MD}. */
    private static Entry twice(Entry one, Entry other) {
        return invalid(one.name(), "Two files have this name", null, "Keep one of them.", one.look() + other.look());
    }

    /** Empty for one that has gone since it was listed: an editor puts another in its place. */
    private Optional<Entry> read(Path file, Map<String, Entry> known) {
        String fileName = file.getFileName().toString();
        String name = TaskFileNames.stem(fileName);
        if (!NAME.matcher(name).matches()) {
            String shown = Cut.beginning(name.replaceAll("[^A-Za-z0-9._-]", "_"), LONGEST_SHOWN);
            return Optional.of(invalid(
                    shown,
                    "The name cannot begin an id",
                    null,
                    "Use at most 40 small letters, digits, - and _.",
                    "name"));
        }
        try {
            return Optional.of(read(name, file, known.get(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    invalid(name, "It cannot be read: " + e.getMessage(), null, "Look at its permissions.", "unread"));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(invalid(name, "It cannot be understood (" + e + ")", null, "Simplify it.", "fault"));
        }
    }

    private Entry read(String name, Path file, @Nullable Entry known) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String look = now.size() + "@" + now.lastModifiedTime();
        if (known != null && known.look().equals(look)) {
            return known;
        }
        if (!now.isRegularFile()) {
            return invalid(name, "It is no file, but a link or a directory", null, "Put the file itself there.", look);
        }
        ScheduleFileReader reading = reader.get();
        Optional<Rejection> tooLarge = reading.tooLarge(now.size());
        if (tooLarge.isPresent()) {
            return new Entry.Invalid(name, tooLarge.get(), look);
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            Result result = reading.read(name + ".task.md", in.readNBytes((int) now.size()));
            return result instanceof Result.Understood understood
                    ? entry(name, understood, look)
                    : new Entry.Invalid(name, ((Result.NotUnderstood) result).rejection(), look);
        }
    }

    private Entry entry(String name, Result.Understood read, String look) {
        ZoneId zone;
        try {
            zone = read.timeZone() == null ? here : ZoneId.of(read.timeZone());
        } catch (DateTimeException e) {
            return invalid(
                    name,
                    "There is no time zone '" + shown(read.timeZone()) + "'",
                    read.line(),
                    "Write one like Europe/Berlin.",
                    look);
        }
        try {
            Timetable timetable = Timetable.parse(read.schedule(), zone);
            return new Entry.Valid(new Schedule(name, timetable, read.skipIfMissed(), read.task()), look);
        } catch (IllegalArgumentException e) {
            return invalid(
                    name,
                    "schedule: '" + shown(read.schedule()) + "' " + e.getMessage(),
                    read.line(),
                    "Write five fields, such as \"0 3 * * 1-5\" for 03:00 from Monday to Friday, or @daily.",
                    look);
        }
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : Cut.beginning(text, LONGEST_SHOWN);
    }

    private static Entry invalid(String name, String reason, @Nullable Integer line, String remedy, String look) {
        return new Entry.Invalid(name, new Rejection(reason, line, remedy), look);
    }
}
