package dev.orchestrator.view;

import dev.orchestrator.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest events, for whoever looks again and again: from the second time on only what is new is read. For one thread. */
public final class RecentEvents {
    private final EventTail tail;
    private final int most;
    private final Deque<String> latest = new ArrayDeque<>();
    private @Nullable JournalPosition next;

    /**
     * @param journal path of {@code events.ndjson}; need not exist
     * @param most how many
     */
    public RecentEvents(Path journal, int most) {
        this.tail = new EventTail(journal);
        this.most = most;
    }

    /** Lines as they stand in the journal, oldest first. */
    public List<String> look() throws IOException {
        EventTail.Lines lines =
                next == null ? tail.last(most, EventFilter.ALL) : tail.after(next, most, EventFilter.ALL);
        next = lines.next();
        latest.addAll(lines.lines());
        while (latest.size() > most) {
            latest.removeFirst();
        }
        return List.copyOf(latest);
    }
}
