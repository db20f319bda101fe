package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.fail;

import dev.orchestrator.engine.Engine;
import dev.orchestrator.engine.TaskHandler;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.Signal;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers events and tasks, and wakes whoever waits for them; fails when it is told to. */
final class IntakeMemory implements EventSink, Engine {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Event> events = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    final List<Integer> commits = new CopyOnWriteArrayList<>();

    volatile String unreadable = "";
    volatile TaskStatus status = TaskStatus.QUEUED;
    volatile boolean failNextCommit;
    volatile @Nullable Error failOnce;
    final Map<String, Throwable> faults = new HashMap<>();

    final List<Saying> said = new CopyOnWriteArrayList<>();
    volatile Replies.Answer answer = new Replies.Answer.Said("It goes on.");

    /** What was said to a task. */
    record Saying(TaskId id, String message, ReplySource source) {}

    Replies.Answer say(TaskId id, String message, ReplySource source) {
        said.add(new Saying(id, message, source));
        return answer;
    }

    @Override
    public void emit(Event event) {
        remember(() -> events.add(event));
    }

    @Override
    public void commit(List<? extends Event> committed) {
        if (failNextCommit) {
            failNextCommit = false;
            throw new IllegalStateException("cannot be written");
        }
        commits.add(committed.size());
        remember(() -> events.addAll(committed));
    }

    @Override
    public void submit(Task task, @Nullable Instant notBefore) {
        remember(() -> tasks.add(task));
    }

    @Override
    public void lookAgain() {}

    @Override
    public void resize(int slots) {}

    @Override
    public void reopen(Task task) {}

    @Override
    public void conclude(Task task) {}

    @Override
    public void resume(Task task) {
        throw new AssertionError("intake takes new tasks only");
    }

    @Override
    public void resumeConcluding(Task task) {}

    @Override
    public boolean signal(TaskId id, Signal signal) {
        return false;
    }

    @Override
    public void serve(TaskHandler handler, int slots) {}

    @Override
    public void close() {}

    Optional<KnownTasks.Known> find(TaskId id) {
        Error error = failOnce;
        failOnce = null;
        if (error != null) {
            throw error;
        }
        if (faults.get(id.value()) instanceof RuntimeException fault) {
            throw fault;
        }
        if (faults.get(id.value()) instanceof Error fault) {
            throw fault;
        }
        if (id.value().equals(unreadable)) {
            throw new UncheckedIOException(new IOException("results/" + id + ".json is damaged"));
        }
        Map<TaskId, String> hashes = new HashMap<>();
        accepted()
                .forEach(event ->
                        hashes.put(event.taskId(), event.task().source().sha256()));
        return Optional.ofNullable(hashes.get(id)).map(hash -> new KnownTasks.Known(hash, status));
    }

    List<TaskAccepted> accepted() {
        return all(TaskAccepted.class);
    }

    List<DaemonEvent.TaskRejected> rejections() {
        return all(DaemonEvent.TaskRejected.class);
    }

    List<Task> tasks() {
        lock.lock();
        try {
            return List.copyOf(tasks);
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        remember(() -> {
            events.clear();
            tasks.clear();
        });
    }

    List<Task> awaitTasks(int count) {
        await(() -> tasks.size() >= count);
        return tasks();
    }

    void await(BooleanSupplier condition) {
        lock.lock();
        try {
            long left = Duration.ofSeconds(60).toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    fail("waited too long; seen: " + events);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    private <T> List<T> all(Class<T> type) {
        lock.lock();
        try {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        } finally {
            lock.unlock();
        }
    }

    private void remember(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
