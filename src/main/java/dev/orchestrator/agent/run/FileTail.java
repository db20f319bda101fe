package dev.orchestrator.agent.run;

import dev.orchestrator.secret.Cut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The end of a text file of any size. */
public final class FileTail {
    private static final int MOST_BYTES = 8 * 1024;

    private FileTail() {}

    /** The last few kilobytes; empty when there is no file, or something that is none. */
    public static String text(Path file) throws IOException {
        return text(file, MOST_BYTES);
    }

    /** The last {@code most} bytes. */
    public static String text(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            // Opening a named pipe would wait for somebody who writes into it.
            return "";
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(most, channel.size()));
            long from = channel.size() - tail.capacity();
            while (tail.hasRemaining()) {
                if (channel.read(tail, from + tail.position()) < 0) {
                    break;
                }
            }
            String text = new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
            return from > 0 ? Cut.wholeWords(text) : text;
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
