package dev.orchestrator.history;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Quarantine;
import dev.orchestrator.journal.JournalPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code logs/history.ndjson}: lines are added to its end and never changed. Each line names the place in the journal behind
 * its event, and the lines are in the journal's order, so the last whole line says up to where the journal is in the file:
 * there is no second place to be kept in step with it. Whoever is killed while adding leaves fewer lines, and perhaps half of
 * one, which is none; the next goes on behind the last whole line.
 */
final class HistoryFile {
    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    /**
     * Where the file ends.
     *
     * @param length up to the end of its last whole line
     * @param seq of the last event in it; 0 when there is none
     * @param position of the journal behind that event
     */
    record End(long length, long seq, JournalPosition position) {}

    Path path() {
        return path;
    }

    /** Gives every line to {@code visitor}. Empty when the file is missing, damaged or not ours; some may be given even then. */
    Optional<End> read(Consumer<? super HistoryLine> visitor) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new HistoryReading(visitor).of(channel);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Its length in bytes, whole lines or not; -1 when it is missing. */
    long length() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.size();
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /** Leaves a copy of it beside it. */
    Path copyAside(Instant now) throws IOException {
        return Quarantine.copyAside(path, now);
    }

    /**
     * Puts another in its place, with what it has of what the journal does not have any more.
     *
     * @param start of the journal, as far as it still exists
     */
    End rescue(JournalPosition start) throws IOException {
        End[] end = new End[1];
        AtomicFile.write(path, out -> end[0] = new HistoryRescue(start, out).of(path));
        return end[0];
    }

    /** Puts a file without an event in its place. @param from where whoever fills it begins to read the journal */
    End begin(JournalPosition from) throws IOException {
        byte[] header = HistoryFormat.header(from).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(path, header);
        return new End(header.length, 0, from);
    }

    /** Adds {@code lines} behind {@code end}, in the place of whatever half a line is there, and syncs them. */
    void append(End end, byte[] lines) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(end.length());
            ByteBuffer rest = ByteBuffer.wrap(lines);
            long at = end.length();
            while (rest.hasRemaining()) {
                at += channel.write(rest, at);
            }
            channel.force(false);
        }
    }
}
