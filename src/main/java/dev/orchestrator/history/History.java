package dev.orchestrator.history;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything that counts since the beginning, as of now: what the history file has, and the journal behind it. Only reads,
 * with the daemon up or down.
 */
public final class History {
    private final HistoryFile file;
    private final JournalReader journal;

    /**
     * @param file path of {@code logs/history.ndjson}; need not exist
     * @param journal path of {@code logs/events.ndjson}; need not exist
     */
    public History(Path file, Path journal) {
        this.file = new HistoryFile(file);
        this.journal = new JournalReader(journal);
    }

    /** Up to where the file has what counts, on disk; {@link JournalPosition#START} when it is not one of this journal. */
    public JournalPosition reached() throws IOException {
        Optional<HistoryFile.End> end = file.read(line -> {});
        return end.isPresent() && isOf(journal, end.get()) ? end.get().position() : JournalPosition.START;
    }

    /**
     * Gives each event that counts to one consumer, once and in order, and answers it.
     *
     * @param empty makes a consumer that has seen nothing; made twice when the file turns out to be of no use
     */
    public <T extends Consumer<HistoryLine>> T read(Supplier<T> empty) throws IOException {
        T consumer = empty.get();
        Optional<HistoryFile.End> end = file.read(consumer);
        JournalPosition from;
        if (end.isPresent() && isOf(journal, end.get())) {
            from = end.get().position();
        } else {
            consumer = empty.get();
            from = journal.start();
        }
        follow(from, consumer);
        return consumer;
    }

    private void follow(JournalPosition from, Consumer<HistoryLine> consumer) throws IOException {
        journal.read(from, (line, after) -> {
            Optional<HistoryLine> counted = Facts.of(line, after);
            if (counted.isPresent()) {
                consumer.accept(counted.get());
            }
        });
    }

    /** False when the journal does not, or no longer, have the event with which the file ends. */
    static boolean isOf(JournalReader journal, HistoryFile.End end) throws IOException {
        return journal.contains(end.position(), end.seq());
    }
}
