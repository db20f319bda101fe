package dev.orchestrator.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of bytes apart into pieces that end with a line, so that no secret is cut in two. Every byte is in one piece.
 * For one thread.
 */
final class Pieces {
    /** No line of a protocol is so long; what is, is cut where a word ends. */
    private static final int LONGEST_LINE = 32 << 20;

    private final InputStream in;
    private final int enough;
    private final byte[] read = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;

    /** @param enough bytes of a piece, which ends with the next line then; with 0 each line is one */
    Pieces(InputStream in, int enough) {
        this.in = in;
        this.enough = enough;
    }

    /** Null when nothing is left. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        boolean whole = false;
        while (!whole && fill()) {
            int end = endOfLine();
            piece.write(read, from, end - from);
            whole = (read[end - 1] == '\n' && piece.size() >= enough)
                    || (piece.size() >= LONGEST_LINE && !isWord(read[end - 1]));
            from = end;
        }
        return piece.size() == 0 ? null : piece.toByteArray();
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
}
