package dev.orchestrator.journal;

import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Packs and removes closed segments; knows nothing of who needs them. Only for whoever holds the daemon's lock. Readers may be at work
 * all the time: each file is packed under a name of its own, on disk, before the other goes.
 */
public final class JournalArchive {
    private final SegmentFiles files;

    /** @param journal path of {@code events.ndjson} */
    public JournalArchive(Path journal) {
        this.files = new SegmentFiles(journal);
    }

    /**
     * A closed segment.
     *
     * @param bytes on disk
     * @param closedAt when its last line was written
     */
    public record Closed(long segment, Path file, long bytes, Instant closedAt, boolean packed) {}

    /** All closed segments, ascending. */
    public List<Closed> closed() throws IOException {
        List<Closed> all = new ArrayList<>();
        for (long segment : files.closedSegments()) {
            boolean packed = !Files.exists(files.closed(segment));
            Path file = packed ? files.packed(segment) : files.closed(segment);
            all.add(new Closed(
                    segment,
                    file,
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant(),
                    packed));
        }
        return all;
    }

    /**
     * Packs a closed segment.
     *
     * @return how many bytes that saves
     */
    public long pack(long segment) throws IOException {
        Path closed = files.closed(segment);
        Path packed = files.packed(segment);
        Path temp = packed.resolveSibling("." + packed.getFileName() + ".tmp");
        try {
            Moves.delete(temp);
            compress(closed, temp);
            verify(closed, temp);
            Files.setLastModifiedTime(temp, Files.getLastModifiedTime(closed));
            long saved = Files.size(closed) - Files.size(temp);
            Moves.replace(temp, packed);
            Moves.syncDirectory(directory(packed));
            Moves.delete(closed);
            return saved;
        } finally {
            // Half of it would take room on a disk that may have none.
            Moves.delete(temp);
        }
    }

    /** The other one goes, so what was written is read once more. */
    private static void verify(Path plain, Path packed) throws IOException {
        try (InputStream written = new BufferedInputStream(Files.newInputStream(plain));
                InputStream read = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(packed)))) {
            int expected;
            do {
                expected = written.read();
                if (read.read() != expected) {
                    throw new IOException(packed + " does not say what " + plain + " says; it stays as it is");
                }
            } while (expected >= 0);
        }
    }

    private static void compress(Path from, Path to) throws IOException {
        try (FileChannel channel = PrivateFile.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // Closing the packer would close the channel, which is to be synced first.
            GZIPOutputStream packer = new GZIPOutputStream(Channels.newOutputStream(channel));
            try (InputStream in = Files.newInputStream(from)) {
                in.transferTo(packer);
            }
            packer.finish();
            channel.force(true);
        }
    }

    /** Removes the oldest segment, which is {@code segment}: a journal has no holes. */
    public void remove(long segment) throws IOException {
        List<Long> all = files.closedSegments();
        if (all.isEmpty() || all.get(0) != segment) {
            throw new IllegalArgumentException("segment " + segment + " is not the oldest of " + all);
        }
        // In this order: of one that was being packed, what is left is whole.
        Moves.delete(files.packed(segment));
        Moves.delete(files.closed(segment));
        Moves.syncDirectory(directory(files.current()));
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }
}
