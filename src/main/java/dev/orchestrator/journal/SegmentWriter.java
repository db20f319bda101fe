package dev.orchestrator.journal;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.task.DaemonEvent.SegmentOpened;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** The current segment, open for appending. For one thread. */
final class SegmentWriter implements AutoCloseable {
    private final SegmentFiles files;
    private final long segment;
    private final FileChannel channel;
    private final Object key;
    /** Everything before is on disk. After a failed write or sync the file is cut back to here. */
    private long syncedLength;

    private long length;

    private SegmentWriter(SegmentFiles files, long segment, FileChannel channel, long length) throws IOException {
        this.key = key(files.current());
        this.files = files;
        this.segment = segment;
        this.channel = channel;
        this.length = length;
        this.syncedLength = length;
    }

    /** Opens the existing current segment, which must end with a complete line. */
    static SegmentWriter append(SegmentFiles files, long segment, long length) throws IOException {
        FileChannel channel = FileChannel.open(files.current(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new SegmentWriter(files, segment, channel, length);
    }

    /** Creates a new current segment, whose first line takes {@code seq}. */
    static SegmentWriter create(SegmentFiles files, long segment, long seq, Instant now) throws IOException {
        FileChannel channel = PrivateFile.open(
                files.current(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        SegmentWriter writer = new SegmentWriter(files, segment, channel, 0);
        SegmentOpened header = new SegmentOpened(LineFormat.SCHEMA_VERSION, segment);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        LineFormat.writeNumbered(seq, LineFormat.encode(now, header).unnumbered(), line);
        writer.write(line.toByteArray());
        writer.force();
        Moves.syncDirectory(directory(files.current()));
        return writer;
    }

    long segment() {
        return segment;
    }

    /** Everything before is on disk. */
    long syncedLength() {
        return syncedLength;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** False when somebody has removed or renamed the file: whatever is written then nobody will find. */
    boolean isInPlace() throws IOException {
        return !channel.isOpen() || key(files.current()).equals(key);
    }

    /** Which file it is, where the file system tells; else whether there is one. */
    private static Object key(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? "there" : key;
        } catch (NoSuchFileException e) {
            return "gone";
        }
    }

    /** Puts the file back where it was, with all of it that was on disk, and answers who goes on with it. */
    SegmentWriter putBack() throws IOException {
        AtomicFile.write(files.current(), out -> copyTo(Channels.newChannel(out)));
        SegmentWriter again = append(files, segment, syncedLength);
        channel.close();
        return again;
    }

    private void copyTo(WritableByteChannel out) throws IOException {
        long at = 0;
        while (at < syncedLength) {
            long copied = channel.transferTo(at, syncedLength - at, out);
            if (copied == 0) {
                throw new EOFException("the file was cut as well");
            }
            at += copied;
        }
    }

    long length() {
        return length;
    }

    /** Appends at {@link #length}, never at the file's end, so that what a failed write left behind is overwritten. */
    void write(byte[] lines) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        long at = length;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
        length = at;
    }

    void force() throws IOException {
        channel.force(false);
        syncedLength = length;
    }

    /**
     * Forgets what is not on disk for certain. After a failed sync the system may have dropped the pages while calling
     * them clean, so everything since the last good sync has to be written anew.
     */
    void rewind() throws IOException {
        channel.truncate(syncedLength);
        length = syncedLength;
    }

    /** Closes this segment under its numbered name; the caller creates the next one. */
    void retire() throws IOException {
        force();
        channel.close();
        Path closed = files.closed(segment);
        Moves.replace(files.current(), closed);
        Moves.syncDirectory(directory(closed));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }
}
