package dev.orchestrator.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.json.Records;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The names of the journal's files, and which of them is which segment. The current segment is always
 * {@code events.ndjson} and says its number in its first line; a closed one is {@code events-NNNNNN.ndjson}, with {@code .gz}
 * behind it once it is packed. While it is being packed there are both, and they say the same.
 */
final class SegmentFiles {
    private static final int DIGITS = 6;
    private static final int CHUNK = 1 << 16;
    private static final Pattern CLOSED = Pattern.compile("events-(\\d{6,})\\.ndjson(\\.gz)?");

    private final Path current;

    /** @param current path of {@code events.ndjson} */
    SegmentFiles(Path current) {
        this.current = current;
    }

    Path current() {
        return current;
    }

    Path closed(long segment) {
        // By hand: String.format takes longer to load than a short command may last.
        String number = Long.toString(segment);
        String zeros = "0".repeat(Math.max(0, DIGITS - number.length()));
        return current.resolveSibling("events-" + zeros + number + ".ndjson");
    }

    Path packed(long segment) {
        Path closed = closed(segment);
        return closed.resolveSibling(closed.getFileName() + ".gz");
    }

    /** Whether {@code segment} is closed and still there. */
    boolean isClosed(long segment) {
        // In this order: it is packed under a name of its own before the other goes.
        return Files.exists(closed(segment)) || Files.exists(packed(segment));
    }

    /**
     * Visits the lines of a closed segment from {@code offset} on and answers the offset after the last one.
     *
     * @throws NoSuchFileException when it is not there any more
     */
    long readClosed(long segment, long offset, Lines.Visitor visitor) throws IOException {
        FileChannel plain = openPlain(segment);
        if (plain == null) {
            return readPacked(segment, offset, visitor);
        }
        try (plain) {
            return Lines.read(plain, offset, visitor);
        }
    }

    private @Nullable FileChannel openPlain(long segment) throws IOException {
        try {
            return open(closed(segment));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** What is behind a damaged place cannot be had; as with damaged lines, the rest is. */
    private long readPacked(long segment, long offset, Lines.Visitor visitor) throws IOException {
        long[] end = {offset};
        try (InputStream file = Files.newInputStream(packed(segment));
                InputStream lines = new GZIPInputStream(file, CHUNK)) {
            lines.skipNBytes(offset);
            Lines.readOn(Channels.newChannel(lines), offset, (line, after) -> {
                end[0] = after;
                return visitor.visit(line, after);
            });
        } catch (ZipException | EOFException e) {
            // `validate-artifacts` tells of it.
            return end[0];
        }
        return end[0];
    }

    /** What keeps a packed segment from being read to its end; empty when nothing does. */
    Optional<String> damage(long segment) throws IOException {
        if (Files.exists(closed(segment)) || !Files.exists(packed(segment))) {
            return Optional.empty();
        }
        try (InputStream lines = new GZIPInputStream(Files.newInputStream(packed(segment)), CHUNK)) {
            lines.transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        } catch (ZipException | EOFException e) {
            return Optional.of("it cannot be unpacked: " + e.getMessage());
        }
    }

    /** Numbers of the closed segments that exist, ascending. */
    List<Long> closedSegments() throws IOException {
        SortedSet<Long> found = new TreeSet<>();
        Path directory = current.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "events-*.ndjson*")) {
            for (Path file : files) {
                Matcher name = CLOSED.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(Long.parseLong(name.group(1)));
                }
            }
        }
        return List.copyOf(found);
    }

    /** Of the last event in the closed segments; 0 when there is none. */
    long lastClosedSeq() throws IOException {
        List<Long> closed = closedSegments();
        if (closed.isEmpty()) {
            return 0;
        }
        long[] last = new long[1];
        readClosed(closed.get(closed.size() - 1), 0, (line, end) -> {
            last[0] = LineFormat.seqOf(line).orElse(last[0]);
            return true;
        });
        return last[0];
    }

    /** Number of the current segment; empty when there is none or its first line is not complete yet. */
    OptionalLong currentSegment() throws IOException {
        try (FileChannel channel = open(current)) {
            return segmentOf(channel);
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /** The number that an open segment says in its first line. */
    static OptionalLong segmentOf(FileChannel channel) throws IOException {
        Optional<String> first = Lines.first(channel);
        if (first.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            Header header = Records.read(first.get(), Header.class);
            return "segment_opened".equals(header.event) && header.segment != null
                    ? OptionalLong.of(header.segment)
                    : OptionalLong.empty();
        } catch (JsonProcessingException e) {
            return OptionalLong.empty();
        }
    }

    /** As much of the first line as tells the number; {@link LineFormat} would bring all kinds of events with it. */
    record Header(@Nullable String event, @Nullable Long segment) {}

    /** Opens {@code file} for reading in the way that on Windows still lets its owner rename it. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }
}
