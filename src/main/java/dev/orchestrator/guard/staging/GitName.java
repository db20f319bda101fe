package dev.orchestrator.guard.staging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Names of files as git writes them: as they are, or in quotes with escapes like {@code \n} and {@code \303}. */
final class GitName {
    private static final String ESCAPED = "\u0007\b\t\n\u000b\f\r\"\\";
    private static final String LETTERS = "abtnvfr\"\\";

    private GitName() {}

    /** @param side what comes before the name, within the quotes */
    static byte[] quoted(String side, byte[] name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean plain = true;
        for (byte each : name) {
            plain &= isPlain(each);
        }
        if (!plain) {
            out.write('"');
        }
        out.writeBytes(side.getBytes(StandardCharsets.US_ASCII));
        for (byte each : name) {
            append(out, each);
        }
        if (!plain) {
            out.write('"');
        }
        return out.toByteArray();
    }

    private static boolean isPlain(byte each) {
        return each >= ' ' && each < 0x7F && each != '"' && each != '\\';
    }

    private static void append(ByteArrayOutputStream out, byte each) {
        int letter = ESCAPED.indexOf(each);
        if (isPlain(each)) {
            out.write(each);
        } else if (letter >= 0) {
            out.write('\\');
            out.write(LETTERS.charAt(letter));
        } else {
            out.writeBytes(String.format("\\%03o", each & 0xFF).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
