package dev.orchestrator.view;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The end of the journal, and what is added to it. Only reads, so the daemon never waits for it. Thread-safe. */
public final class EventTail {
    private final JournalReader journal;

    /** @param journal path of {@code events.ndjson}; need not exist */
    public EventTail(Path journal) {
        this.journal = new JournalReader(journal);
    }

    /**
     * Lines as they stand in the journal, oldest first.
     *
     * @param next from where to go on
     */
    public record Lines(List<String> lines, JournalPosition next) {}

    /**
     * The last {@code most} lines that {@code filter} wants. Looks at the latest segment first and at an older one only
     * when that had too few.
     */
    public Lines last(int most, EventFilter filter) throws IOException {
        List<JournalPosition> segments = journal.segments();
        Deque<String> found = new ArrayDeque<>();
        JournalPosition next = JournalPosition.START;
        for (int i = segments.size() - 1; i >= 0 && (i == segments.size() - 1 || found.size() < most); i--) {
            Latest latest = new Latest(most - found.size(), filter);
            JournalPosition end = journal.readSegment(segments.get(i), latest);
            next = i == segments.size() - 1 ? end : next;
            latest.putBefore(found);
        }
        return new Lines(new ArrayList<>(found), next);
    }

    /** The lines after {@code from} that {@code filter} wants, as far as they are written by now. */
    public Lines after(JournalPosition from, EventFilter filter) throws IOException {
        Latest all = new Latest(Integer.MAX_VALUE, filter);
        JournalPosition next = journal.read(from, all);
        return new Lines(new ArrayList<>(all.lines), next);
    }

    /** Keeps the latest lines that are wanted. */
    private static final class Latest implements JournalReader.Visitor {
        private final Deque<String> lines = new ArrayDeque<>();
        private final int most;
        private final EventFilter filter;

        Latest(int most, EventFilter filter) {
            this.most = most;
            this.filter = filter;
        }

        @Override
        public void visit(String line, JournalPosition after) {
            if (most > 0 && filter.wants(line)) {
                lines.addLast(line);
                if (lines.size() > most) {
                    lines.removeFirst();
                }
            }
        }

        void putBefore(Deque<String> newer) {
            while (!lines.isEmpty()) {
                newer.addFirst(lines.removeLast());
            }
        }
    }
}
