package dev.orchestrator.journal;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Quarantine;
import dev.orchestrator.task.DaemonEvent.JournalRepaired;
import dev.orchestrator.task.DaemonEvent.SegmentOpened;
import dev.orchestrator.task.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Brings the current segment into a state in which lines can be appended to it.
 *
 * <p>A torn end is what a crash leaves: the bytes after the last line break are cut off, nobody was told that they are
 * safe. A damaged line is something else; then the file is kept whole under another name,
 * and in its place comes one of its good lines, the last of which says so.
 */
final class SegmentRecovery {
    private SegmentRecovery() {}

    /**
     * What was found.
     *
     * @param length of the segment now
     * @param lastSeq of its last event; 0 when it holds none
     * @param untold what had to be done and does not stand in the segment, empty when nothing
     */
    record Found(long length, long lastSeq, Optional<JournalRepaired> untold) {}

    /**
     * @param number of the segment, for a new first line should the old one be damaged: readers know it by that
     * @param trusted offset up to which the segment is known to be good; a line boundary
     * @param trustedSeq the last event before it
     */
    static Found recover(SegmentFiles files, long number, long trusted, long trustedSeq, Instant now)
            throws IOException {
        Path segment = files.current();
        Scan scan = scan(segment, trusted, trustedSeq);
        if (scan.damaged == 0) {
            boolean whole = scan.goodEnd == scan.length;
            return whole ? new Found(scan.length, scan.lastSeq, Optional.empty()) : cut(segment, scan);
        }
        return salvage(files, number, now);
    }

    private static Found cut(Path segment, Scan scan) throws IOException {
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.truncate(scan.goodEnd);
            channel.force(true);
        }
        JournalRepaired repair = new JournalRepaired("torn end cut", scan.length - scan.goodEnd, null);
        return new Found(scan.goodEnd, scan.lastSeq, Optional.of(repair));
    }

    private static Found salvage(SegmentFiles files, long number, Instant now) throws IOException {
        Path segment = files.current();
        List<String> good = goodLines(segment);
        // A copy: whoever dies before the new file is complete must leave the old one in its place, else the next start
        // would find no segment and give its numbers a second time.
        Path setAside = Quarantine.copyAside(segment, now);
        long dropped = Files.size(segment) - bytes(good).length;
        String problem = good.isEmpty() ? "not one good line" : "damaged lines left out";
        if (good.isEmpty() || !isHeader(good.get(0))) {
            good.add(0, header(number, good.isEmpty() ? files.lastClosedSeq() + 1 : seqOf(good.get(0)) - 1, now));
        }
        // It comes with the lines that are left or not at all: nobody could explain the gap in their numbers without
        // it.
        long told = seqOf(good.get(good.size() - 1)) + 1;
        good.add(line(told, new JournalRepaired(problem, dropped, String.valueOf(setAside.getFileName())), now));
        byte[] kept = bytes(good);
        AtomicFile.write(segment, kept);
        return new Found(kept.length, told, Optional.empty());
    }

    private static List<String> goodLines(Path segment) throws IOException {
        List<String> good = new ArrayList<>();
        try (FileChannel channel = SegmentFiles.open(segment)) {
            Lines.read(channel, 0, (line, end) -> {
                LineFormat.seqOf(line).ifPresent(seq -> good.add(line));
                return true;
            });
        }
        return good;
    }

    private static byte[] bytes(List<String> lines) {
        return lines.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isHeader(String line) {
        try {
            return LineFormat.decode(line).event() instanceof SegmentOpened;
        } catch (LineFormat.MalformedLine e) {
            return false;
        }
    }

    /** @param seq that of the damaged line: before the first line that is left */
    private static String header(long number, long seq, Instant now) {
        return line(seq, new SegmentOpened(LineFormat.SCHEMA_VERSION, number), now);
    }

    private static String line(long seq, Event event, Instant now) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        LineFormat.writeNumbered(seq, LineFormat.encode(now, event).unnumbered(), line);
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static long seqOf(String good) {
        return LineFormat.seqOf(good).orElseThrow();
    }

    private static Scan scan(Path segment, long trusted, long trustedSeq) throws IOException {
        Scan scan = new Scan(trusted, trustedSeq);
        try (FileChannel channel = SegmentFiles.open(segment)) {
            scan.length = channel.size();
            Lines.read(channel, trusted, (line, end) -> {
                scan.line(LineFormat.seqOf(line), end);
                return true;
            });
        }
        return scan;
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

        void line(OptionalLong seq, long end) {
            if (seq.isEmpty()) {
                damaged++;
            } else if (damaged == 0) {
                goodEnd = end;
                lastSeq = seq.getAsLong();
            }
        }
    }
}
