package dev.orchestrator.agent.run;

import dev.orchestrator.secret.Cut;
import dev.orchestrator.secret.Redactor;
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
    private static final int MOST = 8 * 1024;
    /** Read besides, so that a secret which begins there and ends in what is kept is known for one. */
    private static final int BEFORE = 32 * 1024;

    private FileTail() {}

    /** The last few kilobytes without secrets; empty when there is no file, or something that is none. */
    public static String text(Path file, Redactor redactor) throws IOException {
        String read = read(file, MOST + BEFORE);
        return end(redactor.redact(read), MOST, isLarger(file, MOST + BEFORE));
    }

    /** As much as {@code most} bytes, as they are: for who judges by them and quotes nothing. */
    public static String raw(Path file, int most) throws IOException {
        return end(read(file, most), most, isLarger(file, most));
    }

    private static boolean isLarger(Path file, int most) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > most;
    }

    private static String read(Path file, int most) throws IOException {
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
            return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static String end(String text, int most, boolean isCut) {
        int from = Math.max(0, text.length() - most);
        return from > 0 || isCut ? Cut.wholeWords(text.substring(from)) : text;
    }
}
