package dev.orchestrator.artifact;

import dev.orchestrator.files.DerivedFile;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.TaskEvent.ArtifactWritten;
import dev.orchestrator.task.TaskEvent.TurnFinished;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code results/index.json}: from every task to its latest artifact. It holds all of history, so it is not kept in memory
 * and not written for every task: what has changed since the last writing is kept, and now and then the file is copied with
 * these changes in it. Thread-safe.
 */
public final class ArtifactIndex implements Journal.Listener, DerivedFile {
    private final IndexFile file;
    private final Map<TaskId, ArtifactWritten> unfinished = new HashMap<>();
    private final Map<TaskId, IndexFile.Entry> changes = new LinkedHashMap<>();
    private long seq;
    private JournalPosition position = JournalPosition.START;

    private ArtifactIndex(IndexFile file) {
        this.file = file;
    }

    /**
     * Brings the index of {@code results} up to date with the journal, or makes it anew from the artifacts when it is
     * missing or damaged.
     *
     * @param index path of {@code results/index.json}
     * @param journal path of {@code logs/events.ndjson}
     */
    public static ArtifactIndex open(Path index, Path journal) throws IOException {
        ArtifactIndex opened = new ArtifactIndex(new IndexFile(index));
        JournalReader reader = new JournalReader(journal);
        Optional<IndexFile.Header> header = opened.file.header().filter(found -> contains(reader, found.position()));
        if (header.isPresent()) {
            opened.seq = header.get().seq();
            opened.position = header.get().position();
        } else {
            opened.changes.putAll(ArtifactScan.entries(index));
            opened.file.discard();
            opened.position = reader.start();
        }
        reader.read(opened.position, (line, after) -> {
            try {
                opened.written(LineFormat.decode(line), after);
            } catch (LineFormat.MalformedLine e) {
                // The journal's writer repairs it.
            }
        });
        return opened;
    }

    @Override
    public synchronized void written(JournalEntry entry, JournalPosition after) {
        seq = entry.seq();
        position = after;
        if (entry.event() instanceof ArtifactWritten written) {
            unfinished.put(written.taskId(), written);
        } else if (entry.event() instanceof TurnFinished finished) {
            ArtifactWritten written = unfinished.remove(finished.taskId());
            if (written != null) {
                changes.put(
                        finished.taskId(),
                        new IndexFile.Entry(
                                written.artifact(), written.turn(), finished.status(), written.title(), entry.ts()));
            }
        }
    }

    @Override
    public String name() {
        return "results/index.json";
    }

    @Override
    public synchronized boolean isStale() {
        return !changes.isEmpty();
    }

    @Override
    public void write() throws IOException {
        Map<TaskId, IndexFile.Entry> taken;
        IndexFile.Header header;
        synchronized (this) {
            taken = new LinkedHashMap<>(changes);
            header = new IndexFile.Header(IndexFile.SCHEMA_VERSION, seq, position);
        }
        file.merge(header, taken);
        synchronized (this) {
            taken.forEach(changes::remove);
        }
    }

    private static boolean contains(JournalReader reader, JournalPosition position) {
        try {
            return reader.contains(position);
        } catch (IOException e) {
            return false;
        }
    }
}
