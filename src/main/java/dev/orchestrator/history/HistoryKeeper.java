package dev.orchestrator.history;

import dev.orchestrator.files.DerivedFile;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history file up to date by reading the journal on from where the file ends, just as its readers do. So a first
 * start, a start after a crash and the daily work are one and the same, and nothing is kept in memory. Thread-safe.
 */
public final class HistoryKeeper implements Journal.Listener, DerivedFile {
    private static final Logger log = LoggerFactory.getLogger(HistoryKeeper.class);
    private static final int CHUNK = 1 << 18;

    private final HistoryFile file;
    private final JournalReader journal;
    private final Runnable syncJournal;
    private final TimeSource time;
    /** True at first: nobody knows what an earlier daemon left. */
    private volatile boolean stale = true;
    /** Null when the file has to be looked at before anything is added to it. */
    private HistoryFile.@Nullable End end;

    /**
     * @param file path of {@code logs/history.ndjson}
     * @param journal path of {@code logs/events.ndjson}
     * @param time names what is set aside
     * @param syncJournal returns when all that was written to the journal is on disk
     */
    public HistoryKeeper(Path file, Path journal, Runnable syncJournal, TimeSource time) {
        this.time = time;
        this.file = new HistoryFile(file);
        this.journal = new JournalReader(journal);
        this.syncJournal = syncJournal;
    }

    @Override
    public void written(JournalEntry entry, JournalPosition after) {
        if (Facts.matters(entry.event().getClass())) {
            stale = true;
        }
    }

    @Override
    public String name() {
        return "logs/history.ndjson";
    }

    /** Each addition syncs two files, and whoever reads it reads on in the journal in any case. */
    @Override
    public Duration leastRest() {
        return Duration.ofSeconds(3);
    }

    @Override
    public boolean isStale() {
        return stale;
    }

    @Override
    public synchronized void write() throws IOException {
        // Before the journal is read: what comes while it is read is for the next time.
        stale = false;
        boolean done = false;
        try {
            end = addTo(located());
            done = true;
        } finally {
            if (!done) {
                // What the file holds now is anybody's guess.
                end = null;
                stale = true;
            }
        }
    }

    private HistoryFile.End addTo(HistoryFile.End from) throws IOException {
        Addition addition = new Addition(from);
        journal.read(from.position(), addition);
        addition.flush();
        return addition.end;
    }

    /** Where the file ends; it is begun anew when it is not one of this journal. Somebody may have deleted it meanwhile. */
    private HistoryFile.End located() throws IOException {
        if (end != null && file.length() == end.length()) {
            return end;
        }
        Optional<HistoryFile.End> found = file.read(line -> {});
        if (found.isPresent() && History.isOf(journal, found.get())) {
            return found.get();
        }
        if (file.length() < 0) {
            return file.begin(journal.start());
        }
        log.warn(
                "{} is damaged or not of this journal; a copy of it is {}, and it is made anew.",
                name(),
                file.copyAside(time.now()));
        return file.rescue(journal.start());
    }

    /** Lines for the end of the file; added in pieces, since all of history may have to be. */
    private final class Addition implements JournalReader.Visitor {
        private final StringBuilder lines = new StringBuilder();
        private HistoryFile.End end;
        private @Nullable HistoryLine last;

        Addition(HistoryFile.End end) {
            this.end = end;
        }

        @Override
        public void visit(String line, JournalPosition after) throws IOException {
            Optional<HistoryLine> counted = Facts.of(line, after);
            if (counted.isPresent()) {
                HistoryFormat.encode(counted.get(), lines);
                last = counted.get();
                if (lines.length() > CHUNK) {
                    flush();
                }
            }
        }

        /** The journal goes first: the file must never have an event that is not on disk there. */
        void flush() throws IOException {
            if (last == null) {
                return;
            }
            syncJournal.run();
            byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            file.append(end, bytes);
            end = new HistoryFile.End(end.length() + bytes.length, last.seq(), last.after());
            lines.setLength(0);
            last = null;
        }
    }
}
