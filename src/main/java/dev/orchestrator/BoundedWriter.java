package dev.orchestrator;

import java.io.Writer;

/** Keeps the beginning of what is written. Not thread-safe. */
final class BoundedWriter extends Writer {
    private final int most;
    private final StringBuilder kept = new StringBuilder();
    private boolean cut;

    /** @param most characters that are kept */
    BoundedWriter(int most) {
        this.most = most;
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        int room = Math.min(length, most - kept.length());
        kept.append(chars, offset, room);
        cut |= room < length;
    }

    /** What was kept, and whether that is not all. */
    @Override
    public String toString() {
        return cut
                ? kept.substring(0, kept.lastIndexOf("\n") + 1) + "... and more, which is left out here.\n"
                : kept.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
