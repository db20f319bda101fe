package dev.orchestrator.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the complete lines of a file that somebody may be appending to: what follows the last line break is not a line
 * yet.
 */
final class Lines {
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_NUMBER = 32;
    private static final char NOT_TEXT = '\uFFFD';

    private Lines() {}

    /** What to do with one line. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param line without its line break; begins with U+FFFD when its bytes are not UTF-8
         * @param end offset of the byte after the line break
         * @return false to stop reading
         */
        boolean visit(String line, long end) throws IOException;
    }

    /** Visits the lines from {@code offset} on and answers the offset after the last line that was visited. */
    static long read(FileChannel channel, long offset, Visitor visitor) throws IOException {
        return readOn(channel.position(offset), offset, visitor);
    }

    /** As {@link #read}, of what stands at {@code offset} now. */
    static long readOn(ReadableByteChannel channel, long offset, Visitor visitor) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
        long end = offset;
        while (channel.read(chunk) >= 0) {
            int lineStart = 0;
            for (int i = 0; i < chunk.position(); i++) {
                if (chunk.get(i) != '\n') {
                    continue;
                }
                unfinished.write(chunk.array(), lineStart, i - lineStart);
                lineStart = i + 1;
                end += unfinished.size() + 1L;
                String line = text(unfinished.toByteArray());
                unfinished.reset();
                if (!visitor.visit(line, end)) {
                    return end;
                }
            }
            unfinished.write(chunk.array(), lineStart, chunk.position() - lineStart);
            chunk.clear();
        }
        return end;
    }

    /** What is not UTF-8 was damaged; decoding would repair it in silence, so it is marked and is no JSON then. */
    private static String text(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        return text.indexOf(NOT_TEXT) < 0 || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), line)
                ? text
                : NOT_TEXT + text;
    }

    /** The beginning of the line that ends at {@code end}: enough of it to read its number. */
    static String lastBefore(FileChannel channel, long end) throws IOException {
        long start = end - 1;
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (start > 0) {
            int length = (int) Math.min(CHUNK, start);
            chunk.clear().limit(length);
            readFully(channel, chunk, start - length);
            int lineBreak = length - 1;
            while (lineBreak >= 0 && chunk.get(lineBreak) != '\n') {
                lineBreak--;
            }
            start -= length - 1 - lineBreak;
            if (lineBreak >= 0) {
                break;
            }
        }
        chunk.clear().limit((int) Math.min(LONGEST_NUMBER, end - start));
        readFully(channel, chunk, start);
        return new String(chunk.array(), 0, chunk.position(), StandardCharsets.UTF_8);
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }

    /** The first line, if there is a complete one. */
    static Optional<String> first(FileChannel channel) throws IOException {
        String[] found = new String[1];
        read(channel, 0, (line, end) -> {
            found[0] = line;
            return false;
        });
        return Optional.ofNullable(found[0]);
    }
}
