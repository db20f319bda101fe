package dev.orchestrator.engine.local;

import dev.orchestrator.engine.Gate;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where each task is that waits: it rests until a time, waits for other tasks, is ready, or is to be ended. Knows those that
 * run, too, but not where. For one thread at a time.
 */
final class Places {
    private final Map<TaskId, Entry> known = new HashMap<>();
    private final Deque<Entry> toEnd = new ArrayDeque<>();
    private final RestingTasks resting;
    private final Dependencies dependencies;
    private final ReadyTasks ready = new ReadyTasks(Entry.BY_RANK);
    private final Gate gate;

    Places(TimeSource time, FinalStatuses statuses, Gate gate) {
        this.resting = new RestingTasks(time);
        this.dependencies = new Dependencies(statuses::of);
        this.gate = gate;
    }

    boolean has(TaskId id) {
        return known.containsKey(id);
    }

    int size() {
        return known.size();
    }

    /** {@code entry} is here and runs. */
    void know(Entry entry) {
        known.put(entry.id(), entry);
    }

    /** {@code id} is not here any more. */
    void forget(TaskId id) {
        known.remove(id);
    }

    /** {@code id} is over; those that waited for it are judged again. */
    void over(TaskId id) {
        forget(id);
        dependencies.finished(id).forEach(this::put);
    }

    /** Puts a task where it belongs now. */
    void put(Entry entry) {
        know(entry);
        if (resting.isToRest(entry)) {
            resting.add(entry);
        } else if (entry.ending() != null) {
            toEnd.add(entry);
        } else {
            judge(entry);
        }
    }

    private void judge(Entry entry) {
        Dependencies.Verdict verdict = dependencies.judge(entry);
        if (verdict instanceof Dependencies.Verdict.Free) {
            ready.add(entry);
        } else if (verdict instanceof Dependencies.Verdict.Never never) {
            put(entry.ending(new Entry.Ending(TaskStatus.FAILED, never.why())));
        }
    }

    /** Takes {@code id}, which waits, out of its place, to be ended. */
    void cancel(TaskId id) {
        Entry entry = known.get(id);
        if (entry == null) {
            return;
        }
        resting.remove(id);
        dependencies.remove(entry);
        ready.remove(entry);
        toEnd.removeIf(other -> other.id().equals(id));
        put(entry.ending(Entry.Ending.CANCELLED));
    }

    /** If {@code id} rests, it does not any more. */
    void hurry(TaskId id) {
        resting.remove(id).ifPresent(entry -> put(entry.again(Instant.MIN)));
    }

    /** Takes the next that can run, or be ended. */
    Optional<Entry> next(DirectoryClaims held) {
        resting.removeDue().forEach(this::put);
        return toEnd.isEmpty() ? ready.takeFirst(held, gate) : nextEnding();
    }

    /** Takes the next that is to be ended. */
    Optional<Entry> nextEnding() {
        return Optional.ofNullable(toEnd.poll());
    }

    /** How long the first of those that rest does so; empty when none does. */
    Optional<Duration> shortestRest() {
        return resting.shortest();
    }

    /** True when nothing here could run or be ended, now or later, unless somebody does something. */
    boolean noneCouldRun() {
        return toEnd.isEmpty()
                && resting.stream().noneMatch(this::couldRun)
                && ready.heads().noneMatch(this::couldRun);
    }

    private boolean couldRun(Entry entry) {
        return entry.ending() != null
                || entry.concluding()
                || gate.verdict(entry.task()) != Gate.Verdict.NEEDS_SOMEBODY;
    }
}
