package dev.orchestrator.testkit;

import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events it is given and folds them as the daemon does; an event that the table of the task's states does not
 * allow fails the caller. Thread-safe.
 */
public final class RecordingSink implements EventSink {
    private final TimeSource time;
    private final StateIndex state = new StateIndex(Snapshot.EMPTY);
    private final List<Event> events = new ArrayList<>();
    private @Nullable Class<? extends Event> lost;
    private int last = Integer.MAX_VALUE;

    public RecordingSink(TimeSource time) {
        this.time = time;
    }

    /** From here on events of this kind do not come to be there, as after a power cut; none of them with null. */
    public synchronized void lose(@Nullable Class<? extends Event> kind) {
        lost = kind;
    }

    /** The daemon dies as soon as {@code number} events are there. */
    public synchronized void endAt(int number) {
        last = number;
    }

    @Override
    public synchronized void emit(Event event) {
        if (lost != null && lost.isInstance(event)) {
            return;
        }
        events.add(event);
        long seq = events.size();
        state.written(new JournalEntry(seq, time.now(), event), new JournalPosition(1, seq));
        if (state.snapshot().totals().impossibleTransitions() > 0) {
            throw new AssertionError("impossible after " + events.subList(0, events.size() - 1) + ": " + event);
        }
        if (seq == last) {
            throw new IllegalStateException("the daemon dies after " + event);
        }
    }

    @Override
    public synchronized void commit(List<? extends Event> all) {
        all.forEach(this::emit);
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** The events of one kind, in order. */
    public synchronized <T extends Event> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public StateIndex state() {
        return state;
    }
}
