package dev.orchestrator.engine.local;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How tasks stand that are over, remembered for a moment: finding out may mean to read an artifact, and thousands of tasks that
 * come together may all wait for the same one. Not for longer, because an artifact can be moved away and its id be used
 * again. For one thread at a time.
 */
final class FinalStatuses {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final Function<TaskId, Optional<TaskStatus>> statusOf;
    private final TimeSource time;
    private final Map<TaskId, TaskStatus> known = new HashMap<>();
    private Instant since = Instant.MIN;

    /** @param statusOf how a task stands; empty for one that nobody has heard of */
    FinalStatuses(Function<TaskId, Optional<TaskStatus>> statusOf, TimeSource time) {
        this.statusOf = statusOf;
        this.time = time;
    }

    Optional<TaskStatus> of(TaskId id) {
        forgetOld();
        TaskStatus remembered = known.get(id);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<TaskStatus> status = statusOf.apply(id);
        status.filter(TaskStatus::isFinal).ifPresent(over -> known.put(id, over));
        return status;
    }

    /** {@code id} is under way, or was until now. */
    void forget(TaskId id) {
        known.remove(id);
    }

    /** The clock may have been set back, too. */
    private void forgetOld() {
        Instant now = time.now();
        boolean recent = !now.isBefore(since) && now.isBefore(since.plus(MOMENT));
        if (!recent || known.size() >= MOST) {
            known.clear();
            since = now;
        }
    }
}
