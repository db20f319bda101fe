package dev.orchestrator.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The format of {@code index.json}: one JSON object, written one entry a line, so that it can be copied with changes without
 * being understood. Sample:
 *
 * <pre>
 * {"schema_version":"1.0","seq":42,"position":{"segment":1,"offset":9120},"tasks":{
 * "fix-login":{"artifact":"results/fix-login.json","turn":1,"status":"succeeded","title":"...","finished_at":"..."},
 * "look":{"artifact":"results/look.json","turn":1,"status":"failed","title":"...","finished_at":"..."}
 * }}
 * </pre>
 */
final class IndexFile {
    static final String SCHEMA_VERSION = "1.0";
    private static final String TASKS = ",\"tasks\":{";
    private static final int MOST_SHOWN = 80;
    private static final String END = "}}";
    private static final ObjectWriter WRITER = Json.full().writer();

    private final Path file;

    IndexFile(Path file) {
        this.file = file;
    }

    /**
     * Up to where the journal is in the index.
     *
     * @param seq of the last event that is in it
     */
    record Header(String schemaVersion, long seq, JournalPosition position) {}

    record Entry(String artifact, int turn, TaskStatus status, String title, Instant finishedAt) {}

    /** A file that is not what {@link #merge} writes. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(String problem) {
            super(problem);
        }
    }

    Path path() {
        return file;
    }

    /** Empty when the file is missing, not complete, or not ours. */
    Optional<Header> header() throws IOException {
        if (!isComplete()) {
            return Optional.empty();
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            if (first == null || !first.endsWith(TASKS)) {
                return Optional.empty();
            }
            String header = first.substring(0, first.length() - TASKS.length()) + "}";
            return Optional.of(Json.full().readValue(header, Header.class))
                    .filter(found -> SCHEMA_VERSION.equals(found.schemaVersion()));
        } catch (NoSuchFileException | JsonProcessingException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private boolean isComplete() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] end = (END + "\n").getBytes(StandardCharsets.UTF_8);
            ByteBuffer last = ByteBuffer.allocate(end.length);
            return channel.size() >= end.length
                    && channel.read(last, channel.size() - end.length) == end.length
                    && Arrays.equals(last.array(), end);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    void discard() throws IOException {
        Moves.delete(file);
    }

    /**
     * Writes the file anew: what it has, with {@code changes} in the place of older entries or behind all others, and without
     * those that are {@code gone}.
     *
     * @throws Damaged when what it has is not understood; then the file is as it was
     */
    void merge(Header header, Map<TaskId, Entry> changes, Set<TaskId> gone) throws IOException {
        AtomicFile.write(file, out -> {
            String start = text(header);
            write(out, start.substring(0, start.length() - 1) + TASKS + "\n");
            Lines lines = new Lines(out);
            Map<String, Entry> left = new LinkedHashMap<>();
            changes.forEach((id, entry) -> left.put(id.value(), entry));
            copy(lines, left, gone.stream().map(TaskId::value).collect(Collectors.toSet()));
            for (Map.Entry<String, Entry> entry : left.entrySet()) {
                lines.add(line(entry.getKey(), entry.getValue()));
            }
            lines.end();
        });
    }

    private void copy(Lines lines, Map<String, Entry> changes, Set<String> gone) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (BufferedReader old = Files.newBufferedReader(file)) {
            old.readLine();
            for (String line = old.readLine(); line != null && !line.equals(END); line = old.readLine()) {
                String entry = line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
                String id = idOf(entry);
                Entry changed = changes.remove(id);
                if (changed != null || !gone.contains(id)) {
                    lines.add(changed == null ? entry : line(id, changed));
                }
            }
        } catch (CharacterCodingException e) {
            throw new Damaged("bytes that are no text: " + e.getMessage());
        }
    }

    private static String idOf(String entry) throws Damaged {
        int end = entry.indexOf("\":{");
        if (!entry.startsWith("\"") || end < 0 || !entry.endsWith("}")) {
            throw new Damaged("not an entry of the index: " + entry.substring(0, Math.min(entry.length(), MOST_SHOWN)));
        }
        return entry.substring(1, end);
    }

    private static String line(String id, Entry entry) {
        return '"' + id + "\":" + text(entry);
    }

    private static String text(Object value) {
        return new String(Json.bytes(WRITER, value), StandardCharsets.UTF_8);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts the commas between the entries. */
    private static final class Lines {
        private final OutputStream out;
        private boolean any;

        Lines(OutputStream out) {
            this.out = out;
        }

        void add(String entry) throws IOException {
            write(out, (any ? ",\n" : "") + entry);
            any = true;
        }

        void end() throws IOException {
            write(out, (any ? "\n" : "") + END + "\n");
        }
    }
}
