package dev.orchestrator.agent.run;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines. Works on bytes, so that a character split over two reads cannot be damaged. A line
 * over the limit, such as one that carries an image, is passed over instead of filling the memory. Zero bytes, which no
 * JSON holds, are dropped: a file that was cut while its writer goes on begins with a hole of them. For one thread.
 */
public final class LineFramer {
    /** Room that is kept from one line to the next; most lines need less. */
    private static final int ROOM = 64 * 1024;

    private final int longestLine;
    private final Consumer<byte[]> lines;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;
    private int skipped;

    public LineFramer(int longestLine, Consumer<byte[]> lines) {
        this.longestLine = longestLine;
        this.lines = lines;
    }

    public void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                endLine();
            } else if (!tooLong && next != 0) {
                line.write(next);
                if (line.size() > longestLine) {
                    tooLong = true;
                    clear();
                }
            }
        }
    }

    /** Treats what has come since the last line break as a line; for when nothing more can come. */
    public void finish() {
        if (line.size() > 0 || tooLong) {
            endLine();
        }
    }

    /** How many lines were over the limit. */
    public int skipped() {
        return skipped;
    }

    private void endLine() {
        if (tooLong) {
            skipped++;
        } else if (line.size() > 0) {
            byte[] whole = line.toByteArray();
            clear();
            lines.accept(whole);
        }
        tooLong = false;
    }

    private void clear() {
        if (line.size() > ROOM) {
            line = new ByteArrayOutputStream();
        } else {
            line.reset();
        }
    }

    /** Forgets what has come since the last line break. */
    void restart() {
        tooLong = false;
        clear();
    }
}
