package dev.orchestrator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives a command to the daemon of a home and waits for its answer. For one thread. */
public final class ControlClient {
    private static final long LOOK_EVERY_MILLIS = 50;
    /** Milliseconds, and what makes it the only one. */
    private static final Pattern OURS = Pattern.compile("(\\d{13})-[0-9a-f-]{36}\\.json");

    private final Home home;
    private final BooleanSupplier daemonIsThere;
    private final TimeSource time;

    public ControlClient(Home home, BooleanSupplier daemonIsThere, TimeSource time) {
        this.home = home;
        this.daemonIsThere = daemonIsThere;
        this.time = time;
    }

    /** What came of giving a command. */
    public sealed interface Result {
        record Answered(ControlAnswer answer) implements Result {}

        /** No daemon runs; the next one does it when it starts, unless {@code file} is removed before. */
        record NoDaemon(Path file) implements Result {}

        /** The daemon has not answered in time; it will do it all the same. */
        record NoAnswer(Path file) implements Result {}
    }

    /**
     * What is wanted.
     *
     * @param command as {@link ControlFile#command}
     * @param id null for one that is about all tasks
     * @param text why, or null
     * @param files globs; empty for all
     */
    public record Wish(
            String command, @Nullable TaskId id, @Nullable String text, List<String> files) {
        public Wish {
            files = List.copyOf(files);
        }
    }

    /**
     * @param by who wants it
     * @param atMost how long to wait for the answer
     */
    public Result give(Wish wish, String by, Duration atMost) throws IOException, InterruptedException {
        PrivateFile.createDirectories(home.control());
        String name = number() + "-" + UUID.randomUUID() + ".json";
        Path file = home.control().resolve(name);
        ControlFile content = new ControlFile(
                ControlFile.SCHEMA_VERSION,
                wish.command(),
                wish.id() == null ? null : wish.id().value(),
                wish.text(),
                wish.files(),
                by,
                time.now());
        AtomicFile.writeShared(file, Json.document(content));
        return await(file, home.controlDone().resolve(name), atMost);
    }

    /** By time, and behind those that wait: commands are done in the order in which they were given, whatever the clock does. */
    private long number() throws IOException {
        long last = 0;
        try (DirectoryStream<Path> waiting = Files.newDirectoryStream(home.control(), "*.json")) {
            for (Path file : waiting) {
                Matcher ours = OURS.matcher(String.valueOf(file.getFileName()));
                last = ours.matches() ? Math.max(last, Long.parseLong(ours.group(1))) : last;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Math.max(time.now().toEpochMilli(), last + 1);
    }

    private Result await(Path file, Path done, Duration atMost) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Stopwatch waited = Stopwatch.start(time);
        while (true) {
            // Asked before the look: what it answered before it went is then found still.
            boolean there = daemonIsThere.getAsBoolean();
            Optional<ControlAnswer> answer = read(done);
            if (answer.isPresent()) {
                Moves.delete(done);
                return new Result.Answered(answer.get());
            }
            if (!there) {
                return new Result.NoDaemon(file);
            }
            if (waited.reached(atMost)) {
                return new Result.NoAnswer(file);
            }
            never.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static Optional<ControlAnswer> read(Path done) throws IOException {
        try {
            return Optional.of(Records.read(Files.readAllBytes(done), ControlAnswer.class));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
