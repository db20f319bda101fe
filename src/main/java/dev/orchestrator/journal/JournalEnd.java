package dev.orchestrator.journal;

import dev.orchestrator.task.DaemonEvent.JournalRepaired;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where writing goes on: behind the last good line on disk, or at the head of a new segment.
 *
 * @param writer of the current segment
 * @param lastSeq of the last event in the journal
 * @param repair what had to be done to get there and does not stand in the journal yet, empty when nothing
 */
record JournalEnd(SegmentFiles files, SegmentWriter writer, long lastSeq, Optional<JournalRepaired> repair) {

    /**
     * Opens what is on disk, repairing what a crash left.
     *
     * @param path of {@code events.ndjson}; need not exist
     */
    static JournalEnd open(Path path, Journal.Trusted trusted, TimeSource time) throws IOException {
        SegmentFiles files = new SegmentFiles(path);
        OptionalLong current = files.currentSegment();
        if (current.isEmpty() && isEmpty(path)) {
            return begin(files, nextSegment(files), Optional.empty(), time);
        }
        long segment = current.isPresent() ? current.getAsLong() : nextSegment(files);
        SegmentRecovery.Found found = recover(files, segment, trusted, time);
        if (found.length() == 0) {
            // Not one whole line in it: begin the segment anew under its number.
            return begin(files, segment, found.untold(), time);
        }
        SegmentWriter writer = SegmentWriter.append(files, segment, found.length());
        return new JournalEnd(files, writer, found.lastSeq(), found.untold());
    }

    private static JournalEnd begin(SegmentFiles files, long segment, Optional<JournalRepaired> repair, TimeSource time)
            throws IOException {
        long seq = files.lastClosedSeq() + 1;
        return new JournalEnd(files, SegmentWriter.create(files, segment, seq, time.now()), seq, repair);
    }

    private static SegmentRecovery.Found recover(
            SegmentFiles files, long segment, Journal.Trusted trusted, TimeSource time) throws IOException {
        boolean known =
                trusted.position().segment() == segment && trusted.position().offset() <= Files.size(files.current());
        return SegmentRecovery.recover(
                files, segment, known ? trusted.position().offset() : 0, known ? trusted.seq() : 0, time.now());
    }

    private static boolean isEmpty(Path path) throws IOException {
        return !Files.exists(path) || Files.size(path) == 0;
    }

    private static long nextSegment(SegmentFiles files) throws IOException {
        List<Long> closed = files.closedSegments();
        return closed.isEmpty() ? 1 : closed.get(closed.size() - 1) + 1;
    }
}
