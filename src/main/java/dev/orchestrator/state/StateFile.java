package dev.orchestrator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Quarantine;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code logs/state.json}: a {@link Snapshot} that saves whoever starts from reading the whole journal. It may be behind
 * the journal, never ahead of what is on disk there.
 *
 * <p>Once the journal has lost its beginning the sums of that are nowhere else, and what was spent, or that a person paused, must not
 * hang on one file. So there is a second, {@code logs/state-base.json}, from which the rest of the journal is folded when the first is
 * of no use.
 */
public final class StateFile {
    private static final Logger log = LoggerFactory.getLogger(StateFile.class);

    private final Path file;
    private final Path base;
    private final JournalReader journal;

    /**
     * @param file of the snapshot; need not exist
     * @param journal path of {@code events.ndjson}
     */
    public StateFile(Path file, Path journal) {
        this.file = file;
        this.base = baseOf(file);
        this.journal = new JournalReader(journal);
    }

    /** The second one of {@code state}. */
    public static Path baseOf(Path state) {
        return state.resolveSibling("state-base.json");
    }

    /**
     * The snapshot as it was saved. When that is missing, damaged or of another version, the one that was saved before the journal lost
     * its beginning; when there is none of use, empty ({@link Snapshot#EMPTY}).
     */
    public Snapshot load() throws IOException {
        Optional<Snapshot> saved = usable(file);
        return saved.isPresent() ? saved.get() : usable(base).orElse(Snapshot.EMPTY);
    }

    /** As {@link #load}, for whoever is going to write it: of what is of no use a copy stays beside it, and it is said. */
    public Snapshot take(Instant now) throws IOException {
        Optional<Snapshot> saved = usable(file);
        if (saved.isPresent()) {
            return saved.get();
        }
        if (Files.exists(file)) {
            log.warn(
                    "{} is damaged or not of this journal; a copy of it is {}, and it is made anew.",
                    file.getFileName(),
                    Quarantine.copyAside(file, now).getFileName());
        }
        Snapshot taken = usable(base).orElse(Snapshot.EMPTY);
        long first = journal.start().segment();
        if (first > 1 && taken.equals(Snapshot.EMPTY)) {
            log.warn(
                    "The journal begins with segment {}, and nothing is left of what came before: `limits.runs_total`, `limits.usd_total` and"
                            + " all sums count from there on, and a pause is forgotten. Restore logs/state.json or"
                            + " logs/state-base.json from a backup if there is one.",
                    first);
        }
        return taken;
    }

    private Optional<Snapshot> usable(Path snapshotFile) throws IOException {
        try {
            Snapshot snapshot = Records.read(Files.readAllBytes(snapshotFile), Snapshot.class);
            boolean ours = Snapshot.SCHEMA_VERSION.equals(snapshot.schemaVersion());
            return ours && isOfThisJournal(snapshot) ? Optional.of(snapshot) : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException e) {
            // A fold of the journal: it is folded again.
            return Optional.empty();
        }
    }

    public void save(Snapshot snapshot) throws IOException {
        AtomicFile.write(file, Json.document(snapshot));
    }

    /** True when the journal has lost its beginning, and the sums of that are in one file only. */
    public boolean lacksBase() throws IOException {
        return journal.start().segment() > 1 && !Files.exists(base);
    }

    /** Has the journal folded from here, should the snapshot be lost; to be called before the journal loses what is before {@code snapshot}. */
    public void saveBase(Snapshot snapshot) throws IOException {
        AtomicFile.write(base, Json.document(snapshot));
    }

    /**
     * The state as of now: the snapshot, brought up to date from the journal. Works with the daemon up or down; damaged
     * lines, which the daemon repairs when it starts, are passed over.
     */
    public StateIndex current() throws IOException {
        return bringUpToDate(load());
    }

    /**
     * {@code snapshot}, brought up to date from the journal; folded anew when it does not fit the journal, which may have
     * been repaired since it was loaded.
     */
    public StateIndex bringUpToDate(Snapshot snapshot) throws IOException {
        Snapshot start = isOfThisJournal(snapshot) ? snapshot : load();
        StateIndex index = new StateIndex(start);
        journal.read(start.position(), (line, after) -> {
            try {
                index.written(LineFormat.decode(line), after);
            } catch (LineFormat.MalformedLine e) {
                // The one writer says so in the journal when it next opens it.
            }
        });
        return index;
    }

    private boolean isOfThisJournal(Snapshot snapshot) throws IOException {
        return snapshot.position().segment() == 0
                ? snapshot.seq() == 0
                : journal.contains(snapshot.position(), snapshot.seq());
    }
}
