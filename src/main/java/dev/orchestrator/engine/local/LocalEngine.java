package dev.orchestrator.engine.local;

import dev.orchestrator.engine.Engine;
import dev.orchestrator.engine.Gate;
import dev.orchestrator.engine.RunContext;
import dev.orchestrator.engine.TaskHandler;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Signal;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in this process. It keeps nothing on disk: what it must not forget is in the journal, and whoever starts it
 * submits again what the journal says is not over.
 */
public final class LocalEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger(LocalEngine.class);
    /** Until a run that somebody interrupted is taken up again. */
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final TaskQueue queue;
    private final Gate gate;
    private final ThreadFactory threads;
    private final Supplier<Closing> closing;
    private final BooleanSupplier urgent;
    private final TimeSource time;
    private final Map<TaskId, String> heartbeats = new ConcurrentHashMap<>();
    private @Nullable WorkerPool pool;

    /**
     * @param statusOf how a task stands that the engine does not have, for {@code after}
     * @param gate whether tasks may be started
     * @param closing how to let go of what runs when the engine is closed
     * @param urgent true when whoever closes it does not want to wait any longer
     */
    public LocalEngine(
            Function<TaskId, Optional<TaskStatus>> statusOf,
            Gate gate,
            Supplier<Closing> closing,
            BooleanSupplier urgent,
            ThreadFactory threads,
            TimeSource time) {
        this.queue = new TaskQueue(time, statusOf, gate);
        this.gate = gate;
        this.closing = closing;
        this.urgent = urgent;
        this.threads = threads;
        this.time = time;
    }

    @Override
    public void submit(Task task, @Nullable Instant notBefore) {
        queue.add(task, notBefore);
    }

    @Override
    public void reopen(Task task) {
        queue.reopen(task);
    }

    @Override
    public void conclude(Task task) {
        queue.conclude(task);
    }

    @Override
    public void resume(Task task) {
        queue.resume(task);
    }

    @Override
    public void resumeConcluding(Task task) {
        queue.resumeConcluding(task);
    }

    @Override
    public boolean signal(TaskId id, Signal signal) {
        return signal instanceof Signal.Hurry ? queue.hurry(id) : queue.cancel(id);
    }

    @Override
    public void lookAgain() {
        queue.lookAgain();
    }

    @Override
    public synchronized void serve(TaskHandler handler, int slots) {
        if (pool != null) {
            throw new IllegalStateException("the engine serves already");
        }
        queue.slots(slots);
        pool = new WorkerPool(threads, () -> work(handler, queue::take));
        // Runs that go on anyway each have a worker, however many there are.
        pool.grow(Math.max(slots, queue.left()));
        // Who cancels what waits is not kept waiting by what runs.
        pool.add(() -> work(handler, queue::takeEnding));
    }

    @Override
    public synchronized void resize(int slots) {
        if (pool != null) {
            queue.slots(slots);
            pool.grow(slots);
        }
    }

    /** How many tasks the engine has. */
    public int size() {
        return queue.size();
    }

    /**
     * True when nothing runs and nothing could run, now or later. Tasks that wait for an unknown task do not count, and neither
     * do those for which somebody has to do something first.
     */
    public boolean isIdle() {
        return queue.isIdle();
    }

    @Override
    public void close() {
        queue.close();
        try {
            awaitWorkers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Workers that a {@link #serve} under way has started count, so this waits for it. */
    private synchronized @Nullable WorkerPool pool() {
        return pool;
    }

    private void awaitWorkers() throws InterruptedException {
        WorkerPool workers = pool();
        queue.running().values().forEach(Cancellation::announceEnd);
        Closing how = closing.get();
        if (workers == null || workers.awaitEnd(how.grace(), urgent, time)) {
            return;
        }
        Map<TaskId, Cancellation> left = queue.running();
        boolean stopped = how.then() == Cancellation.Reason.SHUTDOWN_STOP;
        log.info("{} until the next start: {}", stopped ? "Stopping" : "Leaving", left.keySet());
        left.values().forEach(cancellation -> cancellation.stop(how.then()));
        if (workers.awaitEnd(how.leaving(), urgent, time)) {
            return;
        }
        left.values().forEach(Cancellation::urge);
        if (!workers.awaitEnd(how.leaving(), () -> false, time)) {
            log.warn(
                    "Still not done after {} s: {}",
                    how.leaving().toSeconds(),
                    queue.running().keySet());
        }
    }

    /** Nobody puts a new worker in the place of one that ends, so none does while the queue is open. */
    private void work(TaskHandler handler, Taking taking) {
        boolean open = true;
        while (open) {
            try {
                Optional<Next> next = taking.take();
                next.ifPresent(each -> handle(each, handler));
                open = next.isPresent();
            } catch (InterruptedException e) {
                log.debug("A worker was interrupted while it waited; it goes on.");
            } catch (RuntimeException | Error e) {
                log.error("A worker failed between two tasks and goes on; this is a fault of the orchestrator.", e);
            }
        }
    }

    private interface Taking {
        Optional<Next> take() throws InterruptedException;
    }

    private void handle(Next next, TaskHandler handler) {
        try {
            after(next.task().id(), outcome(next, handler));
        } finally {
            queue.workerIsBack();
        }
    }

    /**
     * What became of a task, whatever a handler throws. Errors of the virtual machine count too: the stack that overflowed
     * and the memory that was asked for are gone with the task that needed them, while a daemon without workers does
     * nothing and says nothing.
     */
    private Outcome outcome(Next next, TaskHandler handler) {
        try {
            if (next instanceof Next.Run run) {
                return handler.run(run.task(), new LocalContext(run.task().id(), run.cancellation()));
            }
            Next.End end = (Next.End) next;
            return handler.end(end.task(), end.status(), end.failure());
        } catch (InterruptedException e) {
            return takenUpAgain(next.task());
        } catch (LinkageError e) {
            // The program's file was replaced under it. That is nobody's failure, and a new start has all it needs.
            log.error(
                    "Task {} is left for the next start: a part of the program cannot be loaded. If its file was replaced,"
                            + " start it again.",
                    next.task().id(),
                    e);
            return new Outcome.LeftForNextStart();
        } catch (RuntimeException | Error e) {
            log.error(
                    "Task {}: the orchestrator failed while handling it; the task is ended as failed.",
                    next.task().id(),
                    e);
            return endAfterFault(next.task(), handler, e);
        }
    }

    /** The task has not failed, and its agent may still be at work: the handler finds it again. */
    private Outcome takenUpAgain(Task task) {
        log.warn("Task {}: its worker was interrupted; it is taken up again.", task.id());
        return new Outcome.RetryAt(time.now().plus(AFTER_INTERRUPT));
    }

    private Outcome endAfterFault(Task task, TaskHandler handler, Throwable fault) {
        Failure failure = Failure.of(FailureCategory.INTERNAL, "the orchestrator failed: " + fault);
        queue.endInstead(task.id(), new Entry.Ending(TaskStatus.FAILED, failure));
        try {
            return handler.end(task, TaskStatus.FAILED, failure);
        } catch (InterruptedException e) {
            return takenUpAgain(task);
        } catch (RuntimeException | Error e) {
            log.error("Task {}: its end could not be written; it is left for the next start.", task.id(), e);
            return new Outcome.LeftForNextStart();
        }
    }

    private void after(TaskId id, Outcome outcome) {
        gate.leave(id);
        if (outcome instanceof Outcome.RetryAt retry) {
            queue.again(id, retry.notBefore());
        } else {
            heartbeats.remove(id);
            if (outcome instanceof Outcome.LeftForNextStart) {
                queue.left(id);
            } else if (outcome instanceof Outcome.Waiting) {
                queue.waits(id);
            } else {
                queue.finished(id);
            }
        }
    }

    private final class LocalContext implements RunContext {
        private final TaskId id;
        private final Cancellation cancellation;

        LocalContext(TaskId id, Cancellation cancellation) {
            this.id = id;
            this.cancellation = cancellation;
        }

        @Override
        public Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public void heartbeat(String details) {
            heartbeats.put(id, details);
        }

        @Override
        public Optional<String> lastHeartbeat() {
            return Optional.ofNullable(heartbeats.get(id));
        }
    }
}
