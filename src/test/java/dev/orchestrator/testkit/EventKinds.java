package dev.orchestrator.testkit;

import dev.orchestrator.task.Event;
import java.util.stream.Stream;

/** All kinds of events that there are, whichever family they belong to. */
public final class EventKinds {
    private EventKinds() {}

    public static Stream<Class<?>> all() {
        return of(Event.class);
    }

    private static Stream<Class<?>> of(Class<?> kind) {
        return kind.isRecord()
                ? Stream.of(kind)
                : Stream.of(kind.getPermittedSubclasses()).flatMap(EventKinds::of);
    }
}
