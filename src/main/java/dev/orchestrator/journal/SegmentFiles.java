package dev.orchestrator.journal;

import dev.orchestrator.task.DaemonEvent.SegmentOpened;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the journal's files, and which of them is which segment. The current segment is always
 * {@code events.ndjson} and says its number in its first line; a closed one is {@code events-NNNNNN.ndjson}.
 */
final class SegmentFiles {
    private static final Pattern CLOSED = Pattern.compile("events-(\\d{6,})\\.ndjson");

    private final Path current;

    /** @param current path of {@code events.ndjson} */
    SegmentFiles(Path current) {
        this.current = current;
    }

    Path current() {
        return current;
    }

    Path closed(long segment) {
        return current.resolveSibling(String.format(Locale.ROOT, "events-%06d.ndjson", segment));
    }

    /** Numbers of the closed segments that exist, ascending. */
    List<Long> closedSegments() throws IOException {
        List<Long> found = new ArrayList<>();
        Path directory = current.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "events-*.ndjson")) {
            for (Path file : files) {
                Matcher name = CLOSED.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(Long.parseLong(name.group(1)));
                }
            }
        }
        Collections.sort(found);
        return found;
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
        Optional<String> header = Lines.first(channel);
        try {
            return header.isPresent() && LineFormat.decode(header.get()).event() instanceof SegmentOpened opened
                    ? OptionalLong.of(opened.segment())
                    : OptionalLong.empty();
        } catch (LineFormat.MalformedLine e) {
            return OptionalLong.empty();
        }
    }

    /** Opens {@code file} for reading in the way that on Windows still lets its owner rename it. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }
}
