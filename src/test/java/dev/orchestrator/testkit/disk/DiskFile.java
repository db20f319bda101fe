package dev.orchestrator.testkit.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The content of a file: as everybody sees it, and as it is on disk for certain. */
final class DiskFile implements DiskNode {
    private byte[] forced;
    private byte[] content;
    private final List<Change> unforced = new ArrayList<>();

    /** @param bytes null to cut the file to {@code position} */
    private record Change(long position, byte[] bytes, boolean cuts) {
        byte[] on(byte[] before, int length) {
            int end = (int) position + length;
            byte[] after = Arrays.copyOf(before, cuts ? (int) position : Math.max(before.length, end));
            System.arraycopy(bytes, 0, after, (int) position, length);
            return after;
        }
    }

    DiskFile(byte[] content) {
        this.forced = content;
        this.content = content;
    }

    void write(long position, byte[] bytes) {
        change(new Change(position, bytes, false));
    }

    void truncate(long size) {
        change(new Change(size, new byte[0], true));
    }

    private void change(Change change) {
        unforced.add(change);
        content = change.on(content, change.bytes.length);
    }

    void force() {
        forced = content;
        unforced.clear();
    }

    byte[] content() {
        return content;
    }

    /** What is left. A write that is lost between others leaves zeros. */
    byte[] after(DiskLoss loss) {
        byte[] left = forced;
        for (Change change : unforced) {
            if (loss.keepsContent()) {
                left = change.on(left, loss.kept(change.bytes.length));
            }
        }
        return left;
    }
}
