package dev.orchestrator.agent.claude;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines. Works on bytes, so that a character split over two reads cannot be damaged. A line
 * over the limit, such as one that carries an image, is passed over instead of filling the memory. For one thread.
 */
final class LineFramer {
    private final int longestLine;
    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;
    private int skipped;

    LineFramer(int longestLine, Consumer<byte[]> lines) {
        this.longestLine = longestLine;
        this.lines = lines;
    }

    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                endLine();
            } else if (!tooLong) {
                line.write(next);
                if (line.size() > longestLine) {
                    tooLong = true;
                    line.reset();
                }
            }
        }
    }

    /** Treats what has come since the last line break as a line; for when nothing more can come. */
    void finish() {
        if (line.size() > 0 || tooLong) {
            endLine();
        }
    }

    /** How many lines were over the limit. */
    int skipped() {
        return skipped;
    }

    private void endLine() {
        if (tooLong) {
            skipped++;
        } else if (line.size() > 0) {
            lines.accept(line.toByteArray());
        }
        tooLong = false;
        line.reset();
    }
}
