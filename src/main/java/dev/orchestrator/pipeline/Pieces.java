package dev.orchestrator.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of bytes apart into pieces that end with a line, so that no secret is cut in two, and that are not ended
 * within a key of many lines. Every byte is in one piece. For one thread.
 */
final class Pieces {
    /** No line of a protocol is so long; what is, is cut where a word ends. */
    private static final int LONGEST_LINE = 32 << 20;
    /** No key is so long; a beginning that has no end within it holds nothing together. */
    private static final int LONGEST_KEY = 1 << 16;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";

    private final InputStream in;
    private final int enough;
    private final byte[] read = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;

    /** @param enough bytes of a piece, which ends with the next line then; with 0 each line is one, whatever it holds */
    Pieces(InputStream in, int enough) {
        this.in = in;
        this.enough = enough;
    }

    /** Null when nothing is left. */
    byte @Nullable [] next() throws IOException {
        Piece piece = new Piece();
        boolean whole = false;
        while (!whole && fill()) {
            int end = endOfLine();
            piece.write(read, from, end - from);
            whole = mayEnd(piece, read[end - 1]) && !(enough > 0 && piece.isWithinKey());
            from = end;
        }
        return piece.size() == 0 ? null : piece.toByteArray();
    }

    private boolean mayEnd(Piece piece, byte last) {
        return (last == '\n' && piece.size() >= enough) || (piece.size() >= LONGEST_LINE && !isWord(last));
    }

    /** False at the end. */
    private boolean fill() throws IOException {
        if (from == to && !ended) {
            from = 0;
            to = Math.max(0, in.read(read));
            ended = to == 0;
        }
        return from < to;
    }

    private int endOfLine() {
        int at = from;
        while (at < to && read[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, to);
    }

    private static boolean isWord(byte b) {
        return Character.isLetterOrDigit(b) || "-_.+/=".indexOf(b) >= 0;
    }

    private static final class Piece extends ByteArrayOutputStream {
        /** True when a key has begun of which the end is to come. */
        boolean isWithinKey() {
            int looked = Math.min(count, LONGEST_KEY);
            String last = new String(buf, count - looked, looked, StandardCharsets.ISO_8859_1);
            int begin = last.lastIndexOf(BEGIN);
            return begin >= 0 && last.indexOf(END, begin) < 0;
        }
    }
}
