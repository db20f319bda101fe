package dev.orchestrator.intake.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes to text: UTF-8, or UTF-16 when a byte order mark says so. Strict, because a replaced character would change what
 * the agent is told. Lines come out ending in {@code \n}.
 */
final class TextDecoder {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextDecoder() {}

    static String decode(byte[] content) throws TaskRejected {
        if (startsWith(content, 0xFF, 0xFE)) {
            return decode(content, 2, StandardCharsets.UTF_16LE, "UTF-16");
        }
        if (startsWith(content, 0xFE, 0xFF)) {
            return decode(content, 2, StandardCharsets.UTF_16BE, "UTF-16");
        }
        // Before decoding: a binary file also has bytes that are not UTF-8, but "save as UTF-8" would not help.
        refuseBinary(new String(content, StandardCharsets.ISO_8859_1));
        return decode(content, 0, StandardCharsets.UTF_8, "UTF-8");
    }

    private static String decode(byte[] content, int from, Charset charset, String name) throws TaskRejected {
        ByteBuffer in = ByteBuffer.wrap(content, from, content.length - from);
        CharBuffer out = CharBuffer.allocate(content.length);
        // A fresh decoder reports bad input instead of replacing it.
        CharsetDecoder decoder = charset.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        String text = normalised(out.flip().toString());
        if (result.isError()) {
            String bad = String.format("0x%02X", content[in.position()]);
            throw new TaskRejected(
                    "The byte " + bad + " is not valid " + name,
                    lines(text),
                    "Save the file as UTF-8 and drop it again.");
        }
        refuseBinary(text);
        return withoutMarks(text);
    }

    private static boolean startsWith(byte[] content, int first, int second) {
        return content.length >= 2 && (content[0] & 0xFF) == first && (content[1] & 0xFF) == second;
    }

    private static void refuseBinary(String text) throws TaskRejected {
        boolean binary = text.indexOf('\0') >= 0 || 10 * controls(text) > 3L * text.length();
        if (binary) {
            throw new TaskRejected(
                    "The file is a binary file",
                    null,
                    "Write the task as Markdown text; if it is text already, save it as UTF-8.");
        }
    }

    private static long controls(String text) {
        return text.chars()
                .filter(c -> (c < ' ' && "\t\n\f\r".indexOf(c) < 0) || c == 0x7F)
                .count();
    }

    private static String normalised(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static int lines(String text) {
        return 1 + (int) text.chars().filter(c -> c == '\n').count();
    }

    /** All of them: where files were joined a second mark would hide the front matter. */
    private static String withoutMarks(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == BYTE_ORDER_MARK) {
            start++;
        }
        return text.substring(start);
    }
}
