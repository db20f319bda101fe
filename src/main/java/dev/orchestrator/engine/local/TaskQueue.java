package dev.orchestrator.engine.local;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Task;
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
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All tasks that are not over, and which of them is next. Thread-safe; workers wait in {@link #take}.
 *
 * <p>A task is in exactly one place: to be ended, delayed until a time, waiting for other tasks, ready, or running.
 */
final class TaskQueue {
    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TaskId, Entry> known = new HashMap<>();
    private final Deque<Next.End> toEnd = new ArrayDeque<>();
    private final PriorityQueue<Entry> delayed = new PriorityQueue<>(Entry.BY_TIME);
    private final Dependencies dependencies;
    private final ReadyTasks ready = new ReadyTasks(Entry.BY_RANK);
    private final Map<TaskId, Entry> running = new HashMap<>();
    private final DirectoryClaims held = new DirectoryClaims();
    private long arrivals;
    private boolean closed;

    TaskQueue(TimeSource time, Function<TaskId, Optional<TaskStatus>> statusOf) {
        this.time = time;
        this.dependencies = new Dependencies(statusOf);
    }

    /** What a worker is to do. */
    sealed interface Next {
        Task task();

        record Run(Task task) implements Next {}

        record End(Task task, TaskStatus status, @Nullable Failure failure) implements Next {}
    }

    /** Adds {@code task}; does nothing when it is here already. */
    void add(Task task, @Nullable Instant notBefore) {
        locked(() -> {
            if (known.containsKey(task.id())) {
                return;
            }
            Entry entry = Entry.of(task, arrivals++, notBefore == null ? task.acceptedAt() : notBefore);
            known.put(task.id(), entry);
            place(entry);
        });
    }

    /** Waits for the next thing to do; empty when the queue is closed. */
    Optional<Next> take() throws InterruptedException {
        lock.lock();
        try {
            Optional<Next> next = next();
            while (next.isEmpty() && !closed) {
                changed.awaitNanos(nanosUntilNextDelayed());
                next = next();
            }
            return closed ? Optional.empty() : next;
        } finally {
            lock.unlock();
        }
    }

    /** A running task is over, or out of the engine's hands; with {@code status} final, others may go on. */
    void finished(TaskId id) {
        locked(() -> {
            stopRunning(id);
            known.remove(id);
            dependencies.finished(id).forEach(this::place);
        });
    }

    /** A running task is to run again, not before {@code earliest}. */
    void again(TaskId id, Instant earliest) {
        locked(() -> {
            Entry entry = stopRunning(id).again(earliest);
            known.put(id, entry);
            place(entry);
        });
    }

    /** Takes a task that does not run out of its place, to be ended as cancelled. False when it is not here or runs. */
    boolean cancelWaiting(TaskId id) {
        boolean[] found = new boolean[1];
        locked(() -> {
            Entry entry = known.get(id);
            if (entry == null || running.containsKey(id)) {
                return;
            }
            delayed.remove(entry);
            dependencies.remove(entry);
            ready.remove(entry);
            toEnd.removeIf(end -> end.task().id().equals(id));
            toEnd.add(new Next.End(entry.task(), TaskStatus.CANCELLED, null));
            found[0] = true;
        });
        return found[0];
    }

    /** True when nothing runs and nothing could run, now or later. Tasks that wait for an unknown task do not count. */
    boolean isIdle() {
        lock.lock();
        try {
            return running.isEmpty() && toEnd.isEmpty() && delayed.isEmpty() && ready.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks are here, running ones included. */
    int size() {
        lock.lock();
        try {
            return known.size();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every worker that takes, now or later, go home. */
    void close() {
        locked(() -> closed = true);
    }

    private Optional<Next> next() {
        while (!delayed.isEmpty() && !delayed.peek().notBefore().isAfter(time.now())) {
            place(delayed.remove());
        }
        if (!toEnd.isEmpty()) {
            Next.End end = toEnd.remove();
            start(known.get(end.task().id()));
            return Optional.of(end);
        }
        return ready.takeFirst(held).map(entry -> {
            start(entry);
            return new Next.Run(entry.task());
        });
    }

    private void start(@Nullable Entry entry) {
        if (entry != null) {
            running.put(entry.id(), entry);
            held.add(entry.claim());
        }
    }

    private Entry stopRunning(TaskId id) {
        Entry entry = running.remove(id);
        if (entry == null) {
            throw new IllegalStateException("task " + id + " is not running");
        }
        held.remove(entry.claim());
        return entry;
    }

    /** Puts a task where it belongs now. */
    private void place(Entry entry) {
        if (entry.notBefore().isAfter(time.now())) {
            delayed.add(entry);
            return;
        }
        Dependencies.Verdict verdict = dependencies.judge(entry);
        if (verdict instanceof Dependencies.Verdict.Free) {
            ready.add(entry);
        } else if (verdict instanceof Dependencies.Verdict.Never never) {
            toEnd.add(new Next.End(entry.task(), TaskStatus.FAILED, never.why()));
        }
    }

    private long nanosUntilNextDelayed() {
        Entry soonest = delayed.peek();
        return soonest == null
                ? Long.MAX_VALUE
                : Math.max(Duration.between(time.now(), soonest.notBefore()).toNanos(), SHORTEST_WAIT_NANOS);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
