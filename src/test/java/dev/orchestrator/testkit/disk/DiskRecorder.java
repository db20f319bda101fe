package dev.orchestrator.testkit.disk;

import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes down every change on a disk in the order in which they happened. What another process appends to its files is found
 * between two operations and written down line by line. Thread-safe: one operation at a time.
 */
public final class DiskRecorder implements DiskWatch {
    /** Where other processes write, each file only at its end; first what they write first. */
    @FunctionalInterface
    public interface Foreign {
        Stream<Path> files() throws IOException;
    }

    private final Foreign foreign;
    private final Map<Path, Integer> seen = new HashMap<>();
    private final List<DiskOperation> log = new ArrayList<>();

    /** What is there already is not written down. */
    public DiskRecorder(Foreign foreign) throws IOException {
        this.foreign = foreign;
        lookAtForeign();
        log.clear();
    }

    @Override
    public synchronized <T> T around(DiskOperation operation, Doing<T> doing) throws IOException {
        if (operation.kind().changes()) {
            lookAtForeign();
        }
        T result = doing.run();
        if (operation.kind().changes()) {
            log.add(operation);
        }
        return result;
    }

    /** All changes so far. */
    public synchronized List<DiskOperation> log() throws IOException {
        lookAtForeign();
        return List.copyOf(log);
    }

    private void lookAtForeign() throws IOException {
        List<Path> files;
        try (Stream<Path> found = foreign.files()) {
            files = found.toList();
        }
        // A process has all of its files before it writes to one of them.
        for (Path file : files) {
            if (seen.putIfAbsent(file, 0) == null) {
                log.add(DiskOperation.of(Kind.CREATE, file).byAnother());
            }
        }
        for (Path file : files) {
            look(file);
        }
    }

    private void look(Path file) throws IOException {
        try {
            byte[] content = Files.readAllBytes(file);
            int from = seen.getOrDefault(file, 0);
            for (byte[] line : lines(Arrays.copyOfRange(content, from, content.length))) {
                log.add(DiskOperation.write(file, from, line).byAnother());
                from += line.length;
            }
            seen.put(file, from);
        } catch (NoSuchFileException e) {
            // Listed a moment ago, and not there any more.
        }
    }

    private static List<byte[]> lines(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split("(?<=\n)"))
                .filter(line -> !line.isEmpty())
                .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }
}
