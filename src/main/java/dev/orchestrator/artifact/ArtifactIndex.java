package dev.orchestrator.artifact;

import dev.orchestrator.files.DerivedFile;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent.ArtifactWritten;
import dev.orchestrator.task.TaskEvent.TurnFinished;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code results/index.json}: from every task to its latest artifact. It holds all of history, so it is not kept in memory
 * and not written for every task: what has changed since the last writing is kept, and now and then the file is copied with
 * these changes in it. Thread-safe.
 */
public final class ArtifactIndex implements Journal.Listener, DerivedFile {
    private final IndexFile file;
    private final Map<TaskId, Unfinished> unfinished = new HashMap<>();
    private final Map<TaskId, IndexFile.Entry> changes = new LinkedHashMap<>();
    /** Whose artifacts were removed since the last writing. */
    private final Set<TaskId> gone = new HashSet<>();
    /** The file is copied with changes in it, by one thread at a time. */
    private final Object writing = new Object();

    private long seq;
    private JournalPosition position = JournalPosition.START;
    /** The place before the first event that could not be entered; the next start reads from there. */
    private IndexFile.@Nullable Header missed;

    /** An artifact whose turn's end has not come yet, and the place in the journal before it. */
    private record Unfinished(ArtifactWritten written, IndexFile.Header before) {}

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
        Optional<IndexFile.Header> header = opened.file.header().filter(found -> contains(reader, found));
        if (header.isPresent()) {
            opened.seq = header.get().seq();
            opened.position = header.get().position();
        } else {
            opened.file.discard();
            opened.position = reader.start();
        }
        opened.catchUp(reader);
        if (header.isEmpty()) {
            opened.scan(id -> !opened.changes.containsKey(id), new Logged());
        }
        opened.leaveOutRemoved();
        return opened;
    }

    /**
     * Makes the index anew from the artifacts and the journal. Only the holder of the daemon's lock may do this.
     *
     * @param unreadable told of each artifact that cannot be read, in a sentence
     * @return how many tasks are in it
     */
    public static int rebuild(Path index, Path journal, Consumer<String> unreadable) throws IOException {
        ArtifactIndex rebuilt = new ArtifactIndex(new IndexFile(index));
        JournalReader reader = new JournalReader(journal);
        rebuilt.file.discard();
        rebuilt.position = reader.start();
        rebuilt.catchUp(reader);
        rebuilt.scan(id -> true, unreadable);
        rebuilt.leaveOutRemoved();
        int tasks = rebuilt.changes.size();
        rebuilt.write();
        return tasks;
    }

    /** Enters the artifacts of those tasks that the journal does not know, or not any more. */
    private void scan(Predicate<TaskId> looked, Consumer<String> unreadable) throws IOException {
        ArtifactScan.entries(file.path(), looked, unreadable).forEach(changes::putIfAbsent);
    }

    /** What the journal knows may have been removed since. */
    private void leaveOutRemoved() {
        changes.keySet().removeIf(id -> !Files.exists(file.path().resolveSibling(id + ".json")));
    }

    /** Most lines are passed over: all of history may have to be read. */
    private void catchUp(JournalReader reader) throws IOException {
        reader.read(position, (line, after) -> {
            Optional<LineFormat.Head> head = LineFormat.head(line).filter(found -> !matters(found.type()));
            try {
                if (head.isPresent()) {
                    reached(head.get().seq(), after);
                } else {
                    written(LineFormat.decode(line), after);
                }
            } catch (LineFormat.MalformedLine e) {
                // The journal's writer repairs it.
            }
        });
    }

    private static boolean matters(Class<? extends Event> type) {
        return type == ArtifactWritten.class || type == TurnFinished.class;
    }

    private void reached(long newSeq, JournalPosition after) {
        seq = newSeq;
        position = after;
    }

    /** Apart, so that a command which prints these sentences itself need not load the logger. */
    private static final class Logged implements Consumer<String> {
        private static final Logger log = LoggerFactory.getLogger(ArtifactIndex.class);

        @Override
        public void accept(String problem) {
            log.warn("{}", problem);
        }
    }

    @Override
    public synchronized void written(JournalEntry entry, JournalPosition after) {
        IndexFile.Header before = here();
        boolean seen = false;
        try {
            enter(entry, before);
            reached(entry.seq(), after);
            seen = true;
        } finally {
            if (!seen && missed == null) {
                missed = before;
            }
        }
    }

    private void enter(JournalEntry entry, IndexFile.Header before) {
        if (entry.event() instanceof ArtifactWritten written) {
            unfinished.put(written.taskId(), new Unfinished(written, before));
        } else if (entry.event() instanceof TurnFinished finished) {
            Unfinished turn = unfinished.remove(finished.taskId());
            if (turn != null) {
                gone.remove(finished.taskId());
                changes.put(finished.taskId(), entry(turn.written(), finished, entry.ts()));
            }
        }
    }

    private static IndexFile.Entry entry(ArtifactWritten written, TurnFinished finished, Instant at) {
        return new IndexFile.Entry(written.artifact(), written.turn(), finished.status(), written.title(), at);
    }

    @Override
    public String name() {
        return "results/index.json";
    }

    @Override
    public synchronized boolean isStale() {
        return !changes.isEmpty() || !gone.isEmpty();
    }

    /** The artifacts of {@code tasks} were removed. */
    public synchronized void forget(Set<TaskId> tasks) {
        changes.keySet().removeAll(tasks);
        gone.addAll(tasks);
    }

    @Override
    public void write() throws IOException {
        synchronized (writing) {
            writeAlone();
        }
    }

    private void writeAlone() throws IOException {
        Map<TaskId, IndexFile.Entry> taken;
        Set<TaskId> without;
        IndexFile.Header header;
        synchronized (this) {
            taken = new LinkedHashMap<>(changes);
            without = Set.copyOf(gone);
            header = goOnFrom();
        }
        merge(header, taken, without);
        synchronized (this) {
            taken.forEach(changes::remove);
            gone.removeAll(without);
        }
    }

    /** Whoever reads the journal from there on misses nothing: a turn is entered when it has seen both of its events. */
    private IndexFile.Header goOnFrom() {
        if (missed != null) {
            return missed;
        }
        return unfinished.values().stream()
                .map(Unfinished::before)
                .min(Comparator.comparingLong(IndexFile.Header::seq))
                .orElseGet(this::here);
    }

    private IndexFile.Header here() {
        return new IndexFile.Header(IndexFile.SCHEMA_VERSION, seq, position);
    }

    private void merge(IndexFile.Header header, Map<TaskId, IndexFile.Entry> taken, Set<TaskId> without)
            throws IOException {
        try {
            file.merge(header, taken, without);
        } catch (IndexFile.Damaged e) {
            Logged.log.warn("The index is made anew from the artifacts: {}", e.getMessage());
            Map<TaskId, IndexFile.Entry> all = ArtifactScan.entries(file.path(), id -> true, new Logged());
            all.putAll(taken);
            file.discard();
            file.merge(header, all, Set.of());
        }
    }

    private static boolean contains(JournalReader reader, IndexFile.Header header) {
        try {
            return reader.contains(header.position(), header.seq());
        } catch (IOException e) {
            return false;
        }
    }
}
