package dev.orchestrator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code logs/state.json}: a {@link Snapshot} that saves whoever starts from reading the whole journal. It may be behind
 * the journal, never ahead of what is on disk there.
 *
 * <p>Once the journal has lost its beginning the sums of that are nowhere else, and what was spent, or that a person paused, must not
 * hang on one file. So there is a second, {@code logs/state-base.json}, from which the rest of the journal is folded when the first is
 * of no use.
 */
public final class StateFile {
    private final Path file;
    private final Path base;
    private final JournalReader journal;

    /**
     * @param file of the snapshot; need not exist
     * @param journal path of {@code events.ndjson}
     */
    public StateFile(Path file, Path journal) {
        this.file = file;
        this.base = file.resolveSibling("state-base.json");
        this.journal = new JournalReader(journal);
    }

    /**
     * The snapshot as it was saved. When that is missing, damaged or of another version, the one that was saved before the journal lost
     * its beginning; when there is none of use, empty ({@link Snapshot#EMPTY}).
     */
    public Snapshot load() throws IOException {
        Optional<Snapshot> saved = usable(file);
        return saved.isPresent() ? saved.get() : usable(base).orElse(Snapshot.EMPTY);
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
