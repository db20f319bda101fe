package dev.orchestrator.history;

import dev.orchestrator.history.HistoryFile.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a history file once, from its beginning, while somebody may be adding to it. */
final class HistoryReading {
    /** No line of ours is nearly as long. */
    private static final int CHUNK = 1 << 16;

    private final Consumer<? super HistoryLine> visitor;
    private final byte[] bytes = new byte[CHUNK];
    /** What of {@link #bytes} is read and not taken yet. */
    private int filled;

    private @Nullable End end;

    HistoryReading(Consumer<? super HistoryLine> visitor) {
        this.visitor = visitor;
    }

    /** Empty when there is a line that is none of ours. What follows the last line break is not a line yet. */
    Optional<End> of(FileChannel channel) throws IOException {
        while (filled < CHUNK) {
            int read = channel.read(ByteBuffer.wrap(bytes, filled, CHUNK - filled));
            if (read < 0) {
                return Optional.ofNullable(end);
            }
            filled += read;
            try {
                takeLines(lineBreakBefore(filled) + 1);
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The index of the last one; -1 when there is none. */
    private int lineBreakBefore(int index) {
        int last = index - 1;
        while (last >= 0 && bytes[last] != '\n') {
            last--;
        }
        return last;
    }

    private void takeLines(int whole) {
        long offset = end == null ? 0 : end.length();
        Scan scan = new Scan(bytes, whole);
        while (scan.at() < whole) {
            end = end == null ? first(scan) : next(end, scan, offset);
        }
        System.arraycopy(bytes, whole, bytes, 0, filled - whole);
        filled -= whole;
    }

    private static End first(Scan scan) {
        var from = HistoryFormat.header(scan);
        return new End(scan.at(), 0, from);
    }

    /** Numbers ascend: a line that is there twice would count twice. */
    private End next(End before, Scan scan, long offset) {
        HistoryLine line = HistoryFormat.decode(scan);
        if (line.seq() <= before.seq()) {
            throw new IllegalArgumentException();
        }
        visitor.accept(line);
        return new End(offset + scan.at(), line.seq(), line.after());
    }
}
