package dev.orchestrator.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stays of artifacts that were removed: that there was such a task, from which file, and how it ended. Without it the
 * same file could be done twice, and who waits for the task would wait for ever. Lines are added to {@code
 * results/removed/NN.ndjson} and never changed; of one id the last counts. Many files, so that to ask for one id is to read
 * a small part of all. Sample of a line:
 *
 * <pre>
 * {"task_id":"fix-login","sha256":"9f86...","status":"succeeded","finished_at":"...","removed_at":"..."}
 * </pre>
 *
 * <p>Thread-safe as long as one thread adds.
 */
public final class Tombstones {
    private static final int FILES = 64;
    private static final ObjectWriter WRITER = Json.full().writer();

    private final Home home;

    public Tombstones(Home home) {
        this.home = home;
    }

    /** @param sha256 hash of the file that the task came from */
    public record Tombstone(TaskId taskId, String sha256, TaskStatus status, Instant finishedAt, Instant removedAt) {
        public static Tombstone of(Artifact artifact, Instant now) {
            return new Tombstone(
                    artifact.taskId(), artifact.source().sha256(), artifact.status(), artifact.finishedAt(), now);
        }

        /** For a person who asks for the task. @param wish what therefore cannot be, such as {@code shown} */
        public String told(String wish) {
            return "Task " + taskId + " ended at " + second(finishedAt) + " (" + status
                    + "). What it left was removed at " + second(removedAt)
                    + ", by `clean` or `retention.artifacts`, so it cannot be " + wish + ".";
        }

        private static Instant second(Instant at) {
            return at.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /** Empty when no artifact of {@code id} was ever removed. To be asked after the artifact was not found. */
    public Optional<Tombstone> find(TaskId id) throws IOException {
        @Nullable Tombstone last = null;
        // A decoder that reports what is malformed would not pass over half a line that ends in half a letter.
        String text = new String(bytes(file(id)), StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            Optional<Tombstone> stone = line.contains('"' + id.value() + '"') ? read(line) : Optional.empty();
            if (stone.isPresent() && stone.get().taskId().equals(id)) {
                last = stone.get();
            }
        }
        return Optional.ofNullable(last);
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** Whoever was killed while adding left half a line, which is none. */
    private static Optional<Tombstone> read(String line) throws IOException {
        try {
            return Optional.of(Records.read(line, Tombstone.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns when they are on disk. */
    public void add(Collection<Tombstone> stones) throws IOException {
        if (stones.isEmpty()) {
            return;
        }
        Map<Path, ByteArrayOutputStream> lines = new TreeMap<>();
        for (Tombstone stone : stones) {
            ByteArrayOutputStream added =
                    lines.computeIfAbsent(file(stone.taskId()), file -> new ByteArrayOutputStream());
            added.writeBytes(Json.bytes(WRITER, stone));
            added.write('\n');
        }
        PrivateFile.createDirectories(home.removed());
        for (Map.Entry<Path, ByteArrayOutputStream> each : lines.entrySet()) {
            append(each.getKey(), each.getValue().toByteArray());
        }
        Moves.syncDirectory(home.removed());
        Moves.syncDirectory(home.results());
    }

    private static void append(Path file, byte[] lines) throws IOException {
        try (FileChannel channel =
                PrivateFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = channel.size();
            at += endsWithinLine(channel, at) ? channel.write(ByteBuffer.wrap(new byte[] {'\n'}), at) : 0;
            ByteBuffer rest = ByteBuffer.wrap(lines);
            while (rest.hasRemaining()) {
                at += channel.write(rest, at);
            }
            channel.force(true);
        }
    }

    private static boolean endsWithinLine(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    private Path file(TaskId id) {
        // The hash of a String is part of the language, so it is the same everywhere.
        int number = Math.floorMod(id.value().hashCode(), FILES);
        return home.removed().resolve((number < 10 ? "0" : "") + number + ".ndjson");
    }
}
