package dev.orchestrator.guard.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.Decision;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.json.Json;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the guard decided during one attempt, a line a call, so that the next daemon knows what was seen. Appended and not
 * synced: a process that dies loses nothing of it; after a power cut the run is gone too. Sample:
 *
 * <pre>
 * {"at":"2026-11-22T14:25:01.000Z","call":"toolu_01","tool":"Write","decision":"refused","kind":"outside",
 *  "target":"/etc/passwd","real_path":"/etc/passwd","reason":"it is outside of /repo, where this task works"}
 * </pre>
 *
 * Thread-safe.
 */
public final class GuardRecord implements AutoCloseable {
    private static final int LONGEST_TARGET = 500;

    private final Path file;
    private final Redactor redactor;
    private final TimeSource time;
    private @Nullable FileChannel channel;
    private boolean closed;

    /** @param file is made with the first decision; many runs use no tool */
    GuardRecord(Path file, Redactor redactor, TimeSource time) {
        this.file = file;
        this.redactor = redactor;
        this.time = time;
    }

    /** A call that was refused. */
    public record Refused(String call, String tool, Refusal refusal) {}

    synchronized void add(ToolUse use, Decision decision) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", time.now().toString());
        line.put("call", use.id());
        line.put("tool", use.tool());
        if (decision instanceof Decision.Refused refused) {
            Refusal refusal = refused.refusal();
            line.put("decision", "refused");
            line.put("kind", refusal.kind().name().toLowerCase(Locale.ROOT));
            put(line, "target", refusal.target());
            put(
                    line,
                    "real_path",
                    refusal.realPath() == null ? null : refusal.realPath().toString());
            put(line, "reason", refusal.reason());
        } else {
            line.put("decision", decision instanceof Decision.Granted ? "granted" : "unopposed");
            put(line, "target", target(use));
        }
        ByteBuffer bytes =
                ByteBuffer.wrap((Json.text(Json.full().writer(), line) + "\n").getBytes(StandardCharsets.UTF_8));
        FileChannel out = channel();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private FileChannel channel() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (channel == null) {
            channel = PrivateFile.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
            if (channel.size() > 0) {
                // An earlier daemon may have left half a line; an empty one means nothing.
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
        }
        return channel;
    }

    private void put(Map<String, Object> line, String key, @Nullable String value) {
        if (value != null) {
            line.put(key, Cut.beginning(redactor.redact(value), LONGEST_TARGET));
        }
    }

    private static @Nullable Path path(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable String target(ToolUse use) {
        return use.input().values().stream().findFirst().orElse(null);
    }

    /** What {@code file} says; it need not exist, and half a line at its end is passed over. */
    public static Sightings read(Path file) throws IOException {
        Sightings sightings = new Sightings();
        // Not newBufferedReader, which refuses what a full disk left of a character.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read(line).ifPresent(node -> add(node, sightings));
            }
        } catch (NoSuchFileException e) {
            return sightings;
        }
        return sightings;
    }

    private static void add(JsonNode node, Sightings sightings) {
        if ("refused".equals(node.path("decision").asText())) {
            sightings.refused(refused(node));
        } else {
            sightings.passed(node.path("call").asText());
        }
    }

    private static Optional<JsonNode> read(String line) {
        try {
            return Optional.ofNullable(Json.full().readTree(line)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Refused refused(JsonNode node) {
        Refusal refusal = new Refusal(
                kind(node.path("kind").asText()),
                node.path("reason").asText(),
                node.hasNonNull("target") ? node.path("target").asText() : null,
                path(node.path("real_path").asText("")));
        return new Refused(node.path("call").asText(), node.path("tool").asText(), refusal);
    }

    /** Of a newer version's kinds nothing is known but that it refused. */
    private static Refusal.Kind kind(String name) {
        try {
            return Refusal.Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Refusal.Kind.TOOL;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }
}
