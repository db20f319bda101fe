package dev.orchestrator.engine;

import dev.orchestrator.task.Signal;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a task runs, and drives the handler that runs it. Implementations are thread-safe.
 *
 * <p>Promises that every implementation keeps: a task is handled by one thread at a time; a task that writes has its
 * directory alone; a task runs after those it names in {@code after}; more urgent tasks go first, but none waits for ever.
 */
public interface Engine extends AutoCloseable {

    /**
     * Takes charge of {@code task}. A task that the engine already has is not taken twice.
     *
     * @param notBefore earliest time, null for at once
     */
    void submit(Task task, @Nullable Instant notBefore);

    /** As {@link #submit}, for a task that was over; the engine may still be about to let go of it. */
    void reopen(Task task);

    /**
     * Takes charge of {@code task}, which waited for a person who has decided. What is left to do is done also while the
     * {@link Gate} is closed, as nothing is started for it; it has its directory alone, but for tasks that only work in a copy.
     */
    void conclude(Task task);

    /**
     * Takes charge of {@code task}, whose run an earlier process left under way. It goes before all others, waits for nobody,
     * and from now on nobody else gets its directory. To be called before {@link #serve}.
     */
    void resume(Task task);

    /**
     * As {@link #resume}, for a task that an earlier process began to {@link #conclude}: what it left in the directory may be half
     * of a change, so nobody gets it before, not even to make a copy.
     */
    void resumeConcluding(Task task);

    /**
     * Passes on what a person said. A task that waits is ended also while the {@link Gate} is closed. False when the engine
     * does not have the task.
     */
    boolean signal(TaskId id, Signal signal);

    /** Says that the {@link Gate} may have opened. */
    void lookAgain();

    /**
     * Begins to hand tasks to {@code handler}, up to {@code slots} at a time; all {@linkplain #resume resumed} ones at once,
     * though, because their runs go on whether somebody watches them or not. Called once.
     */
    void serve(TaskHandler handler, int slots);

    /** From now on hands out up to {@code slots} tasks at a time. What runs beyond that goes on. Says nothing before {@link #serve}. */
    void resize(int slots);

    /**
     * Stops handing out tasks and waits for what runs, as long as the implementation's settings say, or until the calling
     * thread is interrupted.
     */
    @Override
    void close();
}
