package dev.orchestrator.task;

import java.util.List;

/** Where events go. Implementations are thread-safe and keep the order in which one thread hands events over. */
public interface EventSink {

    /** Records {@code event}; it reaches the disk soon, at the latest with the next {@link #commit}. */
    void emit(Event event);

    /**
     * Records {@code events} in this order and returns when they are on disk and survive a power cut. While the disk
     * refuses writes this waits: whoever needs the promise must not go on without it.
     */
    void commit(List<? extends Event> events);

    /** {@link #commit(List)} for one event. */
    default void commit(Event event) {
        commit(List.of(event));
    }
}
