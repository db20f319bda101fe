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
    /** Tasks that go on or begin anew, and whose worker has not come back from their end. */
    private final Map<TaskId, Entry> afterwards = new HashMap<>();
    /** Their entries are among the running ones already: what they hold is held before a worker has come to them. */
    private final Deque<Next.Run> left = new ArrayDeque<>();

    private final FinalStatuses statuses;
    private final Places places;
    private final RunningTasks running = new RunningTasks();
    private long arrivals;
    private int slots = Integer.MAX_VALUE;
    private int workersAtWork;
    private boolean closed;

    TaskQueue(TimeSource time, Function<TaskId, Optional<TaskStatus>> statusOf, Gate gate) {
        this.statuses = new FinalStatuses(statusOf, time);
        this.places = new Places(time, statuses, gate);
    }

    /** Adds {@code task}; does nothing when it is here already. */
    void add(Task task, @Nullable Instant notBefore) {
        locked(() -> {
            if (!places.has(task.id())) {
                addNew(Entry.of(task, arrivals++, notBefore == null ? Instant.MIN : notBefore));
            }
        });
    }

    /** Adds {@code task}, which is over; if its worker has not come back yet, as soon as it does. */
    void reopen(Task task) {
        locked(() -> addAfterwards(Entry.of(task, arrivals++, Instant.MIN)));
    }

    /** As {@link #reopen}, of one that waited for a person. */
    void conclude(Task task) {
        locked(() -> addAfterwards(Entry.concluding(task, arrivals++)));
    }

    private void addAfterwards(Entry entry) {
        if (places.has(entry.id())) {
            afterwards.put(entry.id(), entry);
        } else {
            addNew(entry);
        }
    }

    private void addNew(Entry entry) {
        statuses.forget(entry.id());
        places.put(entry);
    }

    /** Adds {@code task}, whose run goes on while nobody watches it: it is next, and holds its directory at once. */
    void resume(Task task) {
        locked(() -> addLeft(Entry.of(task, arrivals++, Instant.MIN)));
    }

    /** As {@link #resume}, of one that waited for a person, and whose change may be in its directory in part. */
    void resumeConcluding(Task task) {
        locked(() -> addLeft(Entry.concluding(task, arrivals++).claiming(DirectoryClaims.Use.WRITE)));
    }

    private void addLeft(Entry entry) {
        if (!places.has(entry.id())) {
            places.know(entry);
            left.add(new Next.Run(entry.task(), running.begin(entry)));
        }
    }

    /** How many runs that an earlier process left wait for a worker. */
    int left() {
        return seen(left::size);
    }

    /** Waits for the next thing to do; empty when the queue is closed. */
    Optional<Next> take() throws InterruptedException {
        return taken(this::next);
    }

    /** As {@link #take}, of those that are only to be ended, which need no place. */
    Optional<Next> takeEnding() throws InterruptedException {
        return taken(() -> places.nextEnding().map(this::begin));
    }

    private Optional<Next> taken(Supplier<Optional<Next>> what) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Optional<Next> next = what.get();
                if (next.isPresent()) {
                    workersAtWork++;
                    return next;
                }
                // While all places are taken, no time that comes gives one free.
                if (workersAtWork < slots) {
                    changed.awaitNanos(nanosUntilNextRested());
                } else {
                    changed.await();
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** A worker is done with what it took. */
    void workerIsBack() {
        locked(() -> workersAtWork--);
    }

    /** From now on so many workers have something at a time; what was left runs all the same. */
    void slots(int most) {
        locked(() -> slots = most);
    }

    /** A running task is over, or out of the engine's hands; with {@code status} final, others may go on. */
    void finished(TaskId id) {
        locked(() -> {
            running.end(id);
            statuses.forget(id);
            places.over(id);
            Entry again = afterwards.remove(id);
            if (again != null) {
                addNew(again);
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
            if (running.isToBeCancelled(id)) {
                again(id, Instant.MIN);
            } else {
                running.leave(id);
                places.forget(id);
            }
        });
    }

    /** A running task is to run again, not before {@code earliest}; or to end, when it was cancelled meanwhile. */
    void again(TaskId id, Instant earliest) {
        locked(() -> {
            RunningTasks.Over over = running.end(id);
            Entry entry = over.entry().again(earliest);
            places.put(over.toBeCancelled() ? entry.ending(Entry.Ending.CANCELLED) : entry);
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
            if (!places.has(id)) {
                return false;
            }
            run = running.cancel(id);
            if (run.isEmpty()) {
                places.cancel(id);
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
            places.hurry(id);
            changed.signalAll();
            return places.has(id);
        } finally {
            lock.unlock();
        }
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
        return seen(() -> running.isEmpty() && places.noneCouldRun());
    }

    /** How many tasks are here, running ones included. */
    int size() {
        return seen(places::size);
    }

    /** Lets every worker that takes, now or later, go home. */
    void close() {
        locked(() -> closed = true);
    }

    private Optional<Next> next() {
        if (!left.isEmpty()) {
            return Optional.of(left.remove());
        }
        return workersAtWork < slots ? places.next(running.held()).map(this::begin) : Optional.empty();
    }

    private Next begin(Entry entry) {
        Cancellation cancellation = running.begin(entry);
        Entry.Ending how = entry.ending();
        return how == null
                ? new Next.Run(entry.task(), cancellation)
                : new Next.End(entry.task(), how.status(), how.why());
    }

    private long nanosUntilNextRested() {
        Optional<Duration> wait = places.shortestRest();
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
