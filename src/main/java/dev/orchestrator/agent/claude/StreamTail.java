package dev.orchestrator.agent.claude;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Follows a file that another process writes. A file that has become shorter was cut by somebody; it is read from its start,
 * or what is appended to it would never be seen. For one thread.
 */
final class StreamTail implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final LineFramer framer;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private final FileChannel channel;
    private long bytes;

    private StreamTail(Path file, LineFramer framer, FileChannel channel) {
        this.file = file;
        this.framer = framer;
        this.channel = channel;
    }

    /** @throws NoSuchFileException when the file is not there; whoever starts the writer creates it */
    static StreamTail open(Path file, LineFramer framer) throws IOException {
        return new StreamTail(file, framer, FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Feeds what has been written since the last call; true when there was something. */
    boolean readOn() throws IOException {
        long before = bytes;
        if (channel.size() < channel.position()) {
            channel.position(0);
            framer.restart();
        }
        while (channel.read(chunk) > 0) {
            chunk.flip();
            bytes += chunk.remaining();
            framer.feed(chunk);
            chunk.clear();
        }
        return bytes > before;
    }

    /** Reads the rest, including a last line without its line break. */
    void readToEnd() throws IOException {
        readOn();
        framer.finish();
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
