package dev.orchestrator.pipeline;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often in a row a file of our own failed for a task and for nobody else: the longer that lasts, the less often it is
 * tried. Thread-safe.
 */
final class Faults {
    private static final Backoff AFAR = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(32));
    private static final Backoff IN_PLACE = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(16));

    private static final int MOST_IN_PLACE = 45;

    private final Map<TaskId, Integer> inARow = new ConcurrentHashMap<>();

    /** Counts one more and says how long to wait now. */
    Duration next(TaskId id) {
        return AFAR.after(inARow.merge(id, 1, Integer::sum) - 1);
    }

    /** The same for one that waits where it is. */
    Duration shortly(TaskId id) {
        return IN_PLACE.after(inARow.merge(id, 1, Integer::sum) - 1);
    }

    /** True when it has lasted so long, some ten minutes, that waiting will not mend it. */
    boolean areTooMany(TaskId id) {
        return inARow.getOrDefault(id, 0) > MOST_IN_PLACE;
    }

    void none(TaskId id) {
        inARow.remove(id);
    }
}
