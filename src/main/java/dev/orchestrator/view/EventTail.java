package dev.orchestrator.view;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

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

    /**
     * The lines that {@code filter} wants from the latest on that {@code begins}, and the last {@code most} of them when there
     * are more. No segment before that line is looked at, however long the journal is.
     */
    List<String> since(Predicate<String> begins, int most, EventFilter filter) throws IOException {
        List<JournalPosition> segments = journal.segments();
        Deque<String> found = new ArrayDeque<>();
        boolean begun = false;
        for (int i = segments.size() - 1; i >= 0 && !begun && found.size() < most; i--) {
            Latest latest = new Latest(most - found.size(), filter, begins);
            journal.readSegment(segments.get(i), latest);
            begun = latest.begun;
            latest.putBefore(found);
        }
        return new ArrayList<>(found);
    }

    /** The lines after {@code from} that {@code filter} wants, as far as they are written by now. */
    public Lines after(JournalPosition from, EventFilter filter) throws IOException {
        return after(from, Integer.MAX_VALUE, filter);
    }

    /** The last {@code most} of the lines after {@code from} that {@code filter} wants, as far as they are written by now. */
    Lines after(JournalPosition from, int most, EventFilter filter) throws IOException {
        Latest latest = new Latest(most, filter);
        JournalPosition next = journal.read(from, latest);
        return new Lines(new ArrayList<>(latest.lines), next);
    }

    /** Keeps the latest lines that are wanted. */
    private static final class Latest implements JournalReader.Visitor {
        private final Deque<String> lines = new ArrayDeque<>();
        private final int most;
        private final EventFilter filter;
        private final Predicate<String> begins;
        private boolean begun;

        Latest(int most, EventFilter filter) {
            this(most, filter, line -> false);
        }

        /** @param begins what came before such a line is not wanted */
        Latest(int most, EventFilter filter, Predicate<String> begins) {
            this.most = most;
            this.filter = filter;
            this.begins = begins;
        }

        @Override
        public void visit(String line, JournalPosition after) {
            if (begins.test(line)) {
                lines.clear();
                begun = true;
            }
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
