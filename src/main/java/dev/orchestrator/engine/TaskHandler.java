package dev.orchestrator.engine;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** What an engine drives. Thread-safe. */
public interface TaskHandler {

    /** Runs {@code task} as far as it can go now. */
    Outcome run(Task task, RunContext context) throws InterruptedException;

    /**
     * Ends {@code task} without running it.
     *
     * @param status how it ends
     * @param failure why; null when a person cancelled it
     */
    Outcome end(Task task, TaskStatus status, @Nullable Failure failure) throws InterruptedException;
}
