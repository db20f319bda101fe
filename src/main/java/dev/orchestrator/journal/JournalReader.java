package dev.orchestrator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the journal forward from any position, across segments, while the daemon may be writing and rotating it. Takes no
 * lock and leaves no trace. Immutable, thread-safe.
 */
public final class JournalReader {
    private final SegmentFiles files;

    /** @param journal path of {@code events.ndjson}; need not exist */
    public JournalReader(Path journal) {
        this.files = new SegmentFiles(journal);
    }

    /** What to do with each line. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param line as it stands in the file, without its line break; {@link LineFormat#decode} reads it
         * @param after the place behind it
         */
        void visit(String line, JournalPosition after) throws IOException;
    }

    /** Visits every complete line after {@code from} and answers the place from which to go on later. */
    public JournalPosition read(JournalPosition from, Visitor visitor) throws IOException {
        JournalPosition position = from;
        while (true) {
            OptionalLong segment = atOrAfter(position.segment());
            if (segment.isEmpty()) {
                return position;
            }
            if (segment.getAsLong() != position.segment()) {
                position = new JournalPosition(segment.getAsLong(), 0);
            }
            position = readCurrent(position, visitor);
            if (!files.isClosed(position.segment())) {
                return position;
            }
            // No line is ever added to a closed segment, so after this it is done for good.
            readClosed(position, visitor);
            position = new JournalPosition(position.segment() + 1, 0);
        }
    }

    /** Where each segment begins that still exists, ascending. */
    public List<JournalPosition> segments() throws IOException {
        // Asked before the closed ones are listed: whatever is closed in between is then still found among them.
        OptionalLong current = files.currentSegment();
        List<JournalPosition> starts = new ArrayList<>();
        for (long closed : files.closedSegments()) {
            starts.add(new JournalPosition(closed, 0));
        }
        long last = starts.isEmpty() ? 0 : starts.get(starts.size() - 1).segment();
        if (current.isPresent() && current.getAsLong() > last) {
            starts.add(new JournalPosition(current.getAsLong(), 0));
        }
        return starts;
    }

    /** Visits every complete line after {@code from} in that segment only, and answers the place behind the last. */
    public JournalPosition readSegment(JournalPosition from, Visitor visitor) throws IOException {
        JournalPosition position = readCurrent(from, visitor);
        return files.isClosed(from.segment()) ? readClosed(position, visitor) : position;
    }

    /** What keeps the rest of a segment from being read; empty when nothing does. */
    public Optional<String> damage(JournalPosition segment) throws IOException {
        return files.damage(segment.segment());
    }

    /** Where the journal begins, as far as it still exists. */
    public JournalPosition start() throws IOException {
        OptionalLong first = atOrAfter(0);
        return first.isPresent() ? new JournalPosition(first.getAsLong(), 0) : JournalPosition.START;
    }

    /** True when {@code position} still lies between two lines of this journal; false after it was cut, pruned or replaced. */
    public boolean contains(JournalPosition position) throws IOException {
        return lineBefore(position).isPresent();
    }

    /** As {@link #contains(JournalPosition)}, and the event before {@code position} is number {@code seq}. */
    public boolean contains(JournalPosition position, long seq) throws IOException {
        return lineBefore(position)
                .filter(line -> position.offset() == 0 || line.startsWith("{\"seq\":" + seq + ","))
                .isPresent();
    }

    /** The beginning of the line that ends there; empty at the start of a segment, absent when none ends there. */
    private Optional<String> lineBefore(JournalPosition position) throws IOException {
        boolean closed = files.isClosed(position.segment());
        OptionalLong current = closed ? OptionalLong.empty() : files.currentSegment();
        if (!closed && (current.isEmpty() || current.getAsLong() != position.segment())) {
            return Optional.empty();
        }
        try {
            return lineBefore(closed ? files.closed(position.segment()) : files.current(), position.offset());
        } catch (NoSuchFileException e) {
            return lineOfPackedBefore(position);
        }
    }

    private static Optional<String> lineBefore(Path file, long offset) throws IOException {
        try (FileChannel channel = SegmentFiles.open(file)) {
            if (offset == 0) {
                return Optional.of("");
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean endsLine = channel.read(last, offset - 1) == 1 && last.get(0) == '\n';
            return endsLine ? Optional.of(Lines.lastBefore(channel, offset)) : Optional.empty();
        }
    }

    private Optional<String> lineOfPackedBefore(JournalPosition position) throws IOException {
        String[] found = {position.offset() == 0 ? "" : null};
        try {
            files.readClosed(position.segment(), 0, (line, end) -> {
                found[0] = end == position.offset() ? line : found[0];
                return end < position.offset();
            });
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(found[0]);
    }

    /**
     * Reads on in {@code events.ndjson} if that is the segment of {@code from}. It may be rotated away at any moment, so
     * its number is read through the same open file as its lines.
     */
    private JournalPosition readCurrent(JournalPosition from, Visitor visitor) throws IOException {
        try (FileChannel channel = SegmentFiles.open(files.current())) {
            OptionalLong segment = SegmentFiles.segmentOf(channel);
            return segment.isPresent() && segment.getAsLong() == from.segment() ? read(channel, from, visitor) : from;
        } catch (NoSuchFileException e) {
            return from;
        }
    }

    private JournalPosition readClosed(JournalPosition from, Visitor visitor) throws IOException {
        try {
            long end = files.readClosed(from.segment(), from.offset(), (line, after) -> {
                visitor.visit(line, new JournalPosition(from.segment(), after));
                return true;
            });
            return new JournalPosition(from.segment(), end);
        } catch (NoSuchFileException e) {
            // Removed just now, so nobody needs it.
            return from;
        }
    }

    private static JournalPosition read(FileChannel channel, JournalPosition from, Visitor visitor) throws IOException {
        long end = Lines.read(channel, from.offset(), (line, after) -> {
            visitor.visit(line, new JournalPosition(from.segment(), after));
            return true;
        });
        return new JournalPosition(from.segment(), end);
    }

    private OptionalLong atOrAfter(long segment) throws IOException {
        if (segment > 0 && files.isClosed(segment)) {
            return OptionalLong.of(segment);
        }
        // Asked before the closed ones are listed: whatever is closed in between is then still found among them.
        OptionalLong current = files.currentSegment();
        if (current.isPresent() && current.getAsLong() == segment) {
            return current;
        }
        for (long closed : files.closedSegments()) {
            if (closed >= segment) {
                return OptionalLong.of(closed);
            }
        }
        return current.isPresent() && current.getAsLong() >= segment ? current : OptionalLong.empty();
    }
}
