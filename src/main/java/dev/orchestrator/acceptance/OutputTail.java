package dev.orchestrator.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** The end of what a command printed, which is where it says what is wrong. */
final class OutputTail {
    private static final int MOST = 6_000;
    /** Colours, and what moves the cursor. */
    private static final Pattern ESCAPES = Pattern.compile("\u001B(?:\\[[0-9;?]*[ -/]*[@-~]|[@-Z\\\\-_])");

    private OutputTail() {}

    static String of(Path out, Path err) throws IOException {
        String printed = of(out);
        String errors = of(err);
        return printed.isBlank() ? errors : errors.isBlank() ? printed : printed.stripTrailing() + "\n" + errors;
    }

    private static String of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - MOST);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST, channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
                // Until it is full.
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            String whole = from == 0 ? text : "[...]\n" + fromNextLine(text);
            return ESCAPES.matcher(whole.replace("\r\n", "\n")).replaceAll("");
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** The first line of a tail is seldom whole. */
    private static String fromNextLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(end + 1);
    }
}
