package dev.orchestrator.engine.local;

import dev.orchestrator.engine.Gate;
import dev.orchestrator.task.Cancellation;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All tasks that are not over, and which of them is next. Thread-safe; workers wait in {@link #take}.
 *
 * <p>A task is in exactly one place: to be ended, delayed until a time, waiting for other tasks, ready, or running
 * (as which one counts whose run an earlier process left).
 */
final class TaskQueue {
    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** The clock is looked at this often: it may be set, and it goes on while the machine sleeps. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TaskId, Entry> known = new HashMap<>();
    /** Tasks that begin anew and whose worker has not come back from their end. */
    private final Map<TaskId, Task> reopened = new HashMap<>();
    /** Their entries are among the running ones already: what they hold is held before a worker has come to them. */
    private final Deque<Next.Run> left = new ArrayDeque<>();

    private final Deque<Entry> toEnd = new ArrayDeque<>();
    private final RestingTasks delayed;
    private final Gate gate;
    private final FinalStatuses statuses;
    private final Dependencies dependencies;
    private final ReadyTasks ready = new ReadyTasks(Entry.BY_RANK);
    private final RunningTasks running = new RunningTasks();
    private long arrivals;
    private boolean closed;

    TaskQueue(TimeSource time, Function<TaskId, Optional<TaskStatus>> statusOf, Gate gate) {
        this.gate = gate;
        this.delayed = new RestingTasks(time);
        this.statuses = new FinalStatuses(statusOf, time);
        this.dependencies = new Dependencies(statuses::of);
    }

    /** Adds {@code task}; does nothing when it is here already. */
    void add(Task task, @Nullable Instant notBefore) {
        locked(() -> {
            if (known.containsKey(task.id())) {
                return;
            }
            addNew(task, notBefore == null ? Instant.MIN : notBefore);
        });
    }

    /** Adds {@code task}, which is over; if its worker has not come back yet, as soon as it does. */
    void reopen(Task task) {
        locked(() -> {
            if (known.containsKey(task.id())) {
                reopened.put(task.id(), task);
            } else {
                addNew(task, Instant.MIN);
            }
        });
    }

    private void addNew(Task task, Instant notBefore) {
        statuses.forget(task.id());
        Entry entry = Entry.of(task, arrivals++, notBefore);
        known.put(task.id(), entry);
        place(entry);
    }

    /** Adds {@code task}, whose run goes on while nobody watches it: it is next, and holds its directory at once. */
    void resume(Task task) {
        locked(() -> {
            if (known.containsKey(task.id())) {
                return;
            }
            Entry entry = Entry.of(task, arrivals++, Instant.MIN);
            known.put(task.id(), entry);
            left.add(new Next.Run(task, running.begin(entry)));
        });
    }

    /** How many runs that an earlier process left wait for a worker. */
    int left() {
        return seen(left::size);
    }

    /** Waits for the next thing to do; empty when the queue is closed. */
    Optional<Next> take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Optional<Next> next = next();
                if (next.isPresent()) {
                    return next;
                }
                changed.awaitNanos(nanosUntilNextDelayed());
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** A running task is over, or out of the engine's hands; with {@code status} final, others may go on. */
    void finished(TaskId id) {
        locked(() -> {
            running.end(id);
            known.remove(id);
            statuses.forget(id);
            dependencies.finished(id).forEach(this::place);
            Task again = reopened.remove(id);
            if (again != null) {
                addNew(again, Instant.MIN);
            }
        });
    }

    /** A running task waits for a person; or is ended, when it was cancelled meanwhile. */
    void waits(TaskId id) {
        locked(() -> {
            if (running.isToBeCancelled(id)) {
                again(id, Instant.MIN);
            } else {
                finished(id);
            }
        });
    }

    /** A running task is out of the engine's hands and may not be over, so its directory stays its own. */
    void left(TaskId id) {
        locked(() -> {
            running.leave(id);
            known.remove(id);
        });
    }

    /** A running task is to run again, not before {@code earliest}; or to end, when it was cancelled meanwhile. */
    void again(TaskId id, Instant earliest) {
        locked(() -> {
            RunningTasks.Over over = running.end(id);
            Entry entry = over.entry().again(earliest);
            known.put(id, entry);
            if (over.toBeCancelled()) {
                endAsCancelled(entry);
            } else {
                place(entry);
            }
        });
    }

    /** What runs as {@code id} is to be ended and not to be run again, whatever its handler says of it. */
    void endInstead(TaskId id, Entry.Ending how) {
        locked(() -> running.endInstead(id, how));
    }

    /** Cancels a task: its run is told to stop, or it is taken out of its place to be ended. False when it is not here. */
    boolean cancel(TaskId id) {
        Optional<Cancellation> run;
        lock.lock();
        try {
            Entry entry = known.get(id);
            if (entry == null) {
                return false;
            }
            run = running.cancel(id);
            if (run.isEmpty()) {
                endAsCancelled(entry);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        run.ifPresent(told -> told.stop(Cancellation.Reason.CANCELLED));
        return true;
    }

    /** Has a task not wait for its time any more. False when it is not here. */
    boolean hurry(TaskId id) {
        lock.lock();
        try {
            Entry entry = known.get(id);
            if (entry != null && delayed.remove(id).isPresent()) {
                Entry now = entry.again(Instant.MIN);
                known.put(id, now);
                place(now);
                changed.signalAll();
            }
            return entry != null;
        } finally {
            lock.unlock();
        }
    }

    private void endAsCancelled(Entry entry) {
        delayed.remove(entry.id());
        dependencies.remove(entry);
        ready.remove(entry);
        toEnd.removeIf(other -> other.id().equals(entry.id()));
        end(entry.ending(new Entry.Ending(TaskStatus.CANCELLED, null)));
    }

    private void end(Entry entry) {
        known.put(entry.id(), entry);
        toEnd.add(entry);
    }

    /** What runs now, and how each is told to stop. */
    Map<TaskId, Cancellation> running() {
        return seen(running::cancellations);
    }

    /** Has the workers look whether the gate has opened. */
    void lookAgain() {
        locked(() -> {});
    }

    /** See {@link LocalEngine#isIdle}. */
    boolean isIdle() {
        return seen(() -> running.isEmpty()
                && toEnd.isEmpty()
                && delayed.stream().noneMatch(this::couldRun)
                && ready.heads().noneMatch(this::couldRun));
    }

    private boolean couldRun(Entry entry) {
        return entry.ending() != null || gate.verdict(entry.task()) != Gate.Verdict.NEEDS_SOMEBODY;
    }

    /** How many tasks are here, running ones included. */
    int size() {
        return seen(known::size);
    }

    /** Lets every worker that takes, now or later, go home. */
    void close() {
        locked(() -> closed = true);
    }

    private Optional<Next> next() {
        if (!left.isEmpty()) {
            return Optional.of(left.remove());
        }
        delayed.removeDue().forEach(entry -> {
            known.put(entry.id(), entry);
            place(entry);
        });
        if (!toEnd.isEmpty()) {
            Entry entry = toEnd.remove();
            running.begin(entry);
            Entry.Ending how = Objects.requireNonNull(entry.ending());
            return Optional.of(new Next.End(entry.task(), how.status(), how.why()));
        }
        return ready.takeFirst(running.held(), gate).map(entry -> new Next.Run(entry.task(), running.begin(entry)));
    }

    /** Puts a task where it belongs now. */
    private void place(Entry entry) {
        if (delayed.isToRest(entry)) {
            delayed.add(entry);
            return;
        }
        if (entry.ending() != null) {
            toEnd.add(entry);
            return;
        }
        Dependencies.Verdict verdict = dependencies.judge(entry);
        if (verdict instanceof Dependencies.Verdict.Free) {
            ready.add(entry);
        } else if (verdict instanceof Dependencies.Verdict.Never never) {
            end(entry.ending(new Entry.Ending(TaskStatus.FAILED, never.why())));
        }
    }

    private long nanosUntilNextDelayed() {
        Optional<Duration> wait = delayed.shortest();
        if (wait.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return wait.get().compareTo(LONGEST_WAIT) > 0
                ? LONGEST_WAIT.toNanos()
                : Math.max(wait.get().toNanos(), SHORTEST_WAIT_NANOS);
    }

    private <T> T seen(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
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
