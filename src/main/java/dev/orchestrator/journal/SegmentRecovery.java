package dev.orchestrator.journal;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Quarantine;
import dev.orchestrator.task.DaemonEvent.SegmentOpened;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the current segment into a state in which lines can be appended to it.
 *
 * <p>A torn end is what a crash leaves: the bytes after the last line break are cut off, nobody was told that they are
 * safe. A damaged line is something else; then the file is kept whole under another name,
 * and in its place comes one of its good lines.
 */
final class SegmentRecovery {
    private SegmentRecovery() {}

    /**
     * What was found.
     *
     * @param length of the segment now
     * @param lastSeq of its last event; 0 when it holds none
     * @param repair what had to be done, empty when nothing
     */
    record Found(long length, long lastSeq, Optional<Repair> repair) {}

    record Repair(String problem, long droppedBytes, Optional<Path> setAside) {}

    /**
     * @param number of the segment, for a new first line should the old one be damaged: readers know it by that
     * @param trusted offset up to which the segment is known to be good; a line boundary
     * @param trustedSeq the last event before it
     */
    static Found recover(Path segment, long number, long trusted, long trustedSeq, Instant now) throws IOException {
        Scan scan = scan(segment, trusted, trustedSeq);
        if (scan.damaged == 0) {
            boolean whole = scan.goodEnd == scan.length;
            return whole ? new Found(scan.length, scan.lastSeq, Optional.empty()) : cut(segment, scan);
        }
        return salvage(segment, number, now);
    }

    private static Found cut(Path segment, Scan scan) throws IOException {
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.truncate(scan.goodEnd);
            channel.force(true);
        }
        Repair repair = new Repair("torn end cut", scan.length - scan.goodEnd, Optional.empty());
        return new Found(scan.goodEnd, scan.lastSeq, Optional.of(repair));
    }

    private static Found salvage(Path segment, long number, Instant now) throws IOException {
        List<String> good = new ArrayList<>();
        long[] lastSeq = new long[1];
        long before;
        try (FileChannel channel = SegmentFiles.open(segment)) {
            before = channel.size();
            Lines.read(channel, 0, (line, end) -> {
                seqOf(line).ifPresent(seq -> {
                    good.add(line);
                    lastSeq[0] = seq;
                });
                return true;
            });
        }
        // A copy: whoever dies before the new file is complete must leave the old one in its place, else the next start
        // would find no segment and give its numbers a second time.
        Path setAside = Quarantine.copyAside(segment, now);
        if (good.isEmpty()) {
            return new Found(0, 0, Optional.of(new Repair("not one good line", before, Optional.of(setAside))));
        }
        if (!isHeader(good.get(0))) {
            good.add(0, header(number, good.get(0), now));
        }
        byte[] kept = (String.join("\n", good) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(segment, kept);
        Repair repair = new Repair("damaged lines left out", before - kept.length, Optional.of(setAside));
        return new Found(kept.length, lastSeq[0], Optional.of(repair));
    }

    private static boolean isHeader(String line) {
        try {
            return LineFormat.decode(line).event() instanceof SegmentOpened;
        } catch (LineFormat.MalformedLine e) {
            return false;
        }
    }

    /** Takes the number before the first line that is left, which was the damaged line's own. */
    private static String header(long number, String firstGood, Instant now) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        SegmentOpened opened = new SegmentOpened(LineFormat.SCHEMA_VERSION, number);
        long seq = seqOf(firstGood).orElseThrow() - 1;
        LineFormat.writeNumbered(seq, LineFormat.encode(now, opened).unnumbered(), line);
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static Scan scan(Path segment, long trusted, long trustedSeq) throws IOException {
        Scan scan = new Scan(trusted, trustedSeq);
        try (FileChannel channel = SegmentFiles.open(segment)) {
            scan.length = channel.size();
            Lines.read(channel, trusted, (line, end) -> {
                scan.line(seqOf(line), end);
                return true;
            });
        }
        return scan;
    }

    private static Optional<Long> seqOf(String line) {
        try {
            return Optional.of(LineFormat.decode(line).seq());
        } catch (LineFormat.MalformedLine e) {
            return Optional.empty();
        }
    }

    private static final class Scan {
        private long length;
        private long goodEnd;
        private long lastSeq;
        private int damaged;

        Scan(long goodEnd, long lastSeq) {
            this.goodEnd = goodEnd;
            this.lastSeq = lastSeq;
        }

        void line(Optional<Long> seq, long end) {
            if (seq.isEmpty()) {
                damaged++;
            } else if (damaged == 0) {
                goodEnd = end;
                lastSeq = seq.get();
            }
        }
    }
}
