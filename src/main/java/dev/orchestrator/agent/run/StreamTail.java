package dev.orchestrator.agent.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Follows a file that another process writes. A file that has become shorter was cut by somebody; it is read from its start,
 * or what is appended to it would never be seen. Only so much of a file is read: what writes faster than this reads must not keep
 * anybody from looking at the clock, and one that was made huge must not be read for hours. For one thread.
 */
public final class StreamTail implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final long MOST_AT_ONCE = 1 << 20;

    private final Path file;
    private final LineFramer framer;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private final FileChannel channel;
    private final long most;
    private long bytes;

    private StreamTail(Path file, LineFramer framer, FileChannel channel, long most) {
        this.file = file;
        this.framer = framer;
        this.channel = channel;
        this.most = most;
    }

    /**
     * @param most bytes of the file that are read; what comes after these is left alone
     * @throws NoSuchFileException when the file is not there; whoever starts the writer creates it
     */
    public static StreamTail open(Path file, LineFramer framer, long most) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            // Opening a named pipe would wait for somebody who writes into it.
            throw new FileSystemException(
                    file.toString(), null, "somebody put something else in the place of this file");
        }
        return new StreamTail(file, framer, FileChannel.open(file, StandardOpenOption.READ), most);
    }

    /** Feeds what has been written since the last call, up to a megabyte of it; true when there was something. */
    public boolean readOn() throws IOException {
        long before = bytes;
        if (channel.size() < channel.position()) {
            channel.position(0);
            framer.restart();
        }
        long until = Math.min(most, channel.position() + MOST_AT_ONCE);
        while (channel.position() < until && channel.read(chunkUpTo(until)) > 0) {
            chunk.flip();
            bytes += chunk.remaining();
            framer.feed(chunk);
        }
        return bytes > before;
    }

    private ByteBuffer chunkUpTo(long until) throws IOException {
        return chunk.clear().limit((int) Math.min(CHUNK, until - channel.position()));
    }

    /** Reads the rest, including a last line without its line break. For when nobody writes any more. */
    public void readToEnd() throws IOException {
        long end = Math.min(most, channel.size());
        boolean more = readOn();
        while (more && channel.position() < end) {
            more = readOn();
        }
        framer.finish();
    }

    /** True when {@link #readOn} has not come to the end of what there is now. */
    public boolean isBehind() throws IOException {
        return channel.position() < Math.min(most, channel.size());
    }

    /** True when there is more in the file than is read of it. */
    public boolean isTooLong() throws IOException {
        return channel.size() > most;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return file + " (" + bytes + " bytes read)";
    }
}
