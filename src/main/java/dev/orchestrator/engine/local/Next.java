package dev.orchestrator.engine.local;

import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** What a worker is to do. */
sealed interface Next {
    Task task();

    record Run(Task task, Cancellation cancellation) implements Next {}

    record End(Task task, TaskStatus status, @Nullable Failure failure) implements Next {}
}
