package dev.orchestrator.journal;

import dev.orchestrator.files.Quarantine;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.DaemonEvent.JournalRepaired;
import dev.orchestrator.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers lines, writes them to the current segment, rotates it, and does not give up while the disk refuses. For the
 * journal's thread.
 */
final class JournalFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final SegmentFiles files;
    private final LongSupplier segmentBytes;
    private final TimeSource time;
    private final Optional<JournalRepaired> repair;
    private List<? extends Journal.Listener> listeners = List.of();
    private SegmentWriter writer;
    private long lastSeq;
    /** Lines that are written and not yet synced, to be written again should the sync fail. */
    private final ByteArrayOutputStream unsynced = new ByteArrayOutputStream();
    /** True after a failed write or sync: what the file holds behind its synced length is then anybody's guess. */
    private boolean torn;

    private JournalFile(JournalEnd end, LongSupplier segmentBytes, TimeSource time) {
        this.files = end.files();
        this.segmentBytes = segmentBytes;
        this.time = time;
        this.repair = end.repair();
        this.writer = end.writer();
        this.lastSeq = end.lastSeq();
    }

    static JournalFile open(Path path, LongSupplier segmentBytes, Journal.Trusted trusted, TimeSource time)
            throws IOException {
        return new JournalFile(JournalEnd.open(path, trusted, time), segmentBytes, time);
    }

    void listeners(List<? extends Journal.Listener> all) {
        listeners = List.copyOf(all);
    }

    /** What had to be repaired when the journal was opened. */
    Optional<JournalRepaired> repair() {
        return repair;
    }

    boolean isDirty() {
        return unsynced.size() > 0;
    }

    /**
     * Appends {@code lines}; with {@code durable} syncs them too. Tries again for as long as {@code retry} says so.
     *
     * @throws IOException when it does not; then nothing is promised about these lines
     */
    void write(List<Journal.Line> lines, boolean durable, BooleanSupplier retry) throws IOException {
        untilDone(this::putBackIfGone, retry);
        untilDone(this::rotateIfFull, retry);
        List<JournalEntry> entries = new ArrayList<>(lines.size());
        List<JournalPosition> ends = new ArrayList<>(lines.size());
        ByteArrayOutputStream fresh = new ByteArrayOutputStream();
        long start = writer.syncedLength() + unsynced.size();
        long seq = lastSeq;
        for (Journal.Line line : lines) {
            entries.add(new JournalEntry(++seq, line.ts(), line.event()));
            LineFormat.writeNumbered(seq, line.unnumbered(), fresh);
            ends.add(new JournalPosition(writer.segment(), start + fresh.size()));
        }
        byte[] bytes = fresh.toByteArray();
        untilDone(() -> writeOut(bytes, durable), retry);
        lastSeq = seq;
        for (int i = 0; i < entries.size(); i++) {
            tell(entries.get(i), ends.get(i));
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /**
     * All of {@code fresh} or nothing: when this fails, with whatever, the next writing overwrites what there is of it.
     * Whoever handed these lines over hears that they failed, so they must not come to the disk later.
     */
    private void writeOut(byte[] fresh, boolean durable) throws IOException {
        boolean fromTheLastSync = torn;
        torn = true;
        if (fromTheLastSync) {
            writer.rewind();
            writer.write(unsynced.toByteArray());
        }
        writer.write(fresh);
        if (durable) {
            writer.force();
            unsynced.reset();
        } else {
            unsynced.writeBytes(fresh);
        }
        torn = false;
    }

    private void putBackIfGone() throws IOException {
        if (!writer.isInPlace()) {
            setAsideForeign(files.current());
            writer = writer.putBack();
            torn = true;
            log.error(
                    "Somebody has removed or renamed {}; it is put back. Leave it alone while a daemon runs.",
                    files.current());
        }
    }

    private void rotateIfFull() throws IOException {
        if (writer.length() < segmentBytes.getAsLong()) {
            return;
        }
        long next = writer.segment() + 1;
        // The current segment is still there unless a try before this one came as far as the rename.
        if (Files.exists(files.current()) && writer.isOpen()) {
            writeOut(new byte[0], true);
            setAsideForeign(files.closed(writer.segment()));
            writer = reopenedWhenRenameFails();
        }
        writer = SegmentWriter.create(files, next, lastSeq + 1, time.now());
        lastSeq++;
        DaemonEvent opened = new DaemonEvent.SegmentOpened(LineFormat.SCHEMA_VERSION, next);
        tell(new JournalEntry(lastSeq, time.now(), opened), new JournalPosition(next, writer.length()));
    }

    /** Closes the segment under its number; should that fail, the writer stays usable and the next write tries again. */
    private SegmentWriter reopenedWhenRenameFails() throws IOException {
        try {
            writer.retire();
            return writer;
        } catch (IOException e) {
            if (Files.exists(files.current())) {
                writer = SegmentWriter.append(files, writer.segment(), writer.length());
            }
            throw e;
        }
    }

    /** A file that somebody put where the segment is to go. */
    private void setAsideForeign(Path closed) throws IOException {
        if (Files.exists(closed)) {
            log.warn(
                    "{} was not written by this journal; it is now {}.",
                    closed,
                    Quarantine.setAside(closed, time.now()));
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void untilDone(Attempt attempt, BooleanSupplier retry) throws IOException {
        boolean reported = false;
        while (true) {
            try {
                attempt.run();
                if (reported) {
                    log.info("The journal can be written again.");
                }
                return;
            } catch (IOException e) {
                if (!reported) {
                    log.error("{} cannot be written; tasks wait until it can. Is the disk full?", files.current(), e);
                    reported = true;
                }
                if (!retry.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    private void tell(JournalEntry entry, JournalPosition after) {
        for (Journal.Listener listener : listeners) {
            try {
                listener.written(entry, after);
            } catch (RuntimeException | Error e) {
                // An Error too: without this thread nobody's commit would ever return.
                log.error("A listener failed on event {} ({}).", entry.seq(), LineFormat.nameOf(entry.event()), e);
            }
        }
    }
}
