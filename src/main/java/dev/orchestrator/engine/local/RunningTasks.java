package dev.orchestrator.engine.local;

import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.TaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the workers have in hand, the directories that it holds, and how each run is told to stop. For one thread at a time. */
final class RunningTasks {
    private final Map<TaskId, Run> runs = new HashMap<>();
    private final DirectoryClaims held = new DirectoryClaims();

    /** @param toBeCancelled known here too, because runs are told to stop outside of the queue's lock */
    private record Run(Entry entry, Cancellation cancellation, boolean toBeCancelled) {}

    /** What a run that is over leaves. */
    record Over(Entry entry, boolean toBeCancelled) {}

    Cancellation begin(Entry entry) {
        Cancellation cancellation = new Cancellation();
        runs.put(entry.id(), new Run(entry, cancellation, false));
        held.add(entry.claim());
        return cancellation;
    }

    Over end(TaskId id) {
        Run run = runs.remove(id);
        if (run == null) {
            throw new IllegalStateException("task " + id + " is not running");
        }
        held.remove(run.entry().claim());
        return new Over(run.entry(), run.toBeCancelled());
    }

    /** As {@link #end}, but nobody else gets its directory. */
    Over leave(TaskId id) {
        Over over = end(id);
        held.add(over.entry().claim());
        return over;
    }

    /** Notes that {@code id} is to be cancelled; whoever asks tells its run. Empty when it does not run. */
    Optional<Cancellation> cancel(TaskId id) {
        Run run = runs.computeIfPresent(id, (key, known) -> new Run(known.entry(), known.cancellation(), true));
        return Optional.ofNullable(run).map(Run::cancellation);
    }

    /** From here on {@code id} is to be ended, also when it comes back to be run again. */
    void endInstead(TaskId id, Entry.Ending how) {
        runs.computeIfPresent(
                id, (key, known) -> new Run(known.entry().ending(how), known.cancellation(), known.toBeCancelled()));
    }

    boolean isToBeCancelled(TaskId id) {
        Run run = runs.get(id);
        return run != null && run.toBeCancelled();
    }

    /** The directories that nobody else may have now. */
    DirectoryClaims held() {
        return held;
    }

    Map<TaskId, Cancellation> cancellations() {
        Map<TaskId, Cancellation> now = new HashMap<>();
        runs.forEach((id, run) -> now.put(id, run.cancellation()));
        return now;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }
}
