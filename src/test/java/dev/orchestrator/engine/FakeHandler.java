package dev.orchestrator.engine;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs tasks by doing nothing: at once, or until the test lets them go. Thread-safe. */
public final class FakeHandler implements TaskHandler {

    /** What a run does in the end. */
    @FunctionalInterface
    public interface Work {
        Outcome run(Task task, RunContext context) throws InterruptedException;
    }

    private final Map<TaskId, TaskStatus> statuses = new HashMap<>();
    private final Map<TaskId, Failure> failures = new HashMap<>();
    private final Map<String, Work> works = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private final List<String> started = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Map<String, Instant> cannotEnd = new HashMap<>();
    private final Set<String> refusedEnds = new HashSet<>();
    private int mostAtOnce;

    /** Ends of these are to be tried again at {@code again}, until {@link #canEnd}. */
    public synchronized void cannotEnd(Instant again, String... ids) {
        List.of(ids).forEach(id -> cannotEnd.put(id, again));
    }

    public synchronized void canEnd() {
        cannotEnd.clear();
    }

    public void awaitRefusedEnd(String id) throws Exception {
        await(() -> refusedEnds.contains(id), "the end of " + id + " was refused");
    }

    /** Runs of {@code id} last until {@link #release}. */
    public synchronized void hold(String... ids) {
        held.addAll(List.of(ids));
    }

    public synchronized void release(String id) {
        held.remove(id);
        notifyAll();
    }

    /** Nobody is held any more. */
    public synchronized void releaseAll() {
        held.clear();
        notifyAll();
    }

    /** What {@code id} does instead of succeeding. */
    public synchronized void does(String id, Work work) {
        works.put(id, work);
    }

    /** A task that the engine never sees stands so. */
    public synchronized void stands(String id, TaskStatus status) {
        statuses.put(new TaskId(id), status);
    }

    @Override
    public Outcome run(Task task, RunContext context) throws InterruptedException {
        String id = task.id().value();
        context.cancellation().onStop(() -> release(id));
        begin(task.id());
        try {
            Work work = awaitRelease(id);
            if (context.cancellation().isStopped()) {
                return finish(task, TaskStatus.CANCELLED);
            }
            return work == null ? finish(task, TaskStatus.SUCCEEDED) : work.run(task, context);
        } finally {
            stop(id);
        }
    }

    @Override
    public synchronized Outcome end(Task task, TaskStatus status, @Nullable Failure failure) {
        Instant again = cannotEnd.get(task.id().value());
        if (again != null) {
            refusedEnds.add(task.id().value());
            notifyAll();
            return new Outcome.RetryAt(again);
        }
        if (failure != null) {
            failures.put(task.id(), failure);
        }
        ended.add(task.id().value());
        return finish(task, status);
    }

    public synchronized Outcome finish(Task task, TaskStatus status) {
        statuses.put(task.id(), status);
        // At one moment with its status, for tests that look at both.
        running.remove(task.id().value());
        notifyAll();
        return new Outcome.Finished(status);
    }

    public synchronized Optional<TaskStatus> statusOf(TaskId id) {
        return Optional.ofNullable(statuses.get(id));
    }

    public synchronized List<String> started() {
        return List.copyOf(started);
    }

    /** Tasks that were ended without being run. */
    public synchronized List<String> ended() {
        return List.copyOf(ended);
    }

    public synchronized Set<String> running() {
        return Set.copyOf(running);
    }

    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    public synchronized Failure failureOf(String id) {
        return Optional.ofNullable(failures.get(new TaskId(id))).orElseThrow();
    }

    public void awaitStatus(String id, TaskStatus status) throws Exception {
        await(() -> statuses.get(new TaskId(id)) == status, id + " is " + status);
    }

    public void awaitRunning(String... ids) throws Exception {
        await(() -> running.containsAll(List.of(ids)), List.of(ids) + " run");
    }

    public void awaitStarted(int count) throws Exception {
        await(() -> started.size() >= count, count + " runs");
    }

    private synchronized void await(BooleanSupplier condition, String what) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException("not so: " + what + "; started " + started + ", stand " + statuses);
            }
            wait(left);
        }
    }

    private synchronized void begin(TaskId id) {
        started.add(id.value());
        running.add(id.value());
        statuses.put(id, TaskStatus.RUNNING);
        mostAtOnce = Math.max(mostAtOnce, running.size());
        notifyAll();
    }

    private synchronized @Nullable Work awaitRelease(String id) throws InterruptedException {
        while (held.contains(id)) {
            wait();
        }
        return works.get(id);
    }

    private synchronized void stop(String id) {
        running.remove(id);
        notifyAll();
    }
}
