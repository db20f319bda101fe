package dev.orchestrator.pipeline;

import dev.orchestrator.task.TaskId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often in a row a file of our own failed for a task and for nobody else: the longer that lasts, the less often it is
 * tried. Thread-safe.
 */
final class Faults {
    private static final Duration FIRST = Duration.ofSeconds(30);
    /** Up to 16 s. */
    private static final Duration FIRST_IN_PLACE = Duration.ofMillis(250);
    /** 32 minutes at most. */
    private static final int MOST_DOUBLINGS = 6;

    private static final int MOST_IN_PLACE = 45;

    private final Map<TaskId, Integer> inARow = new ConcurrentHashMap<>();

    /** Counts one more and says how long to wait now. */
    Duration next(TaskId id) {
        int count = inARow.merge(id, 1, Integer::sum);
        return FIRST.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS));
    }

    /** The same for one that waits where it is. */
    Duration shortly(TaskId id) {
        int count = inARow.merge(id, 1, Integer::sum);
        return FIRST_IN_PLACE.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS));
    }

    /** True when it has lasted so long, some ten minutes, that waiting will not mend it. */
    boolean areTooMany(TaskId id) {
        return inARow.getOrDefault(id, 0) > MOST_IN_PLACE;
    }

    void none(TaskId id) {
        inARow.remove(id);
    }
}
