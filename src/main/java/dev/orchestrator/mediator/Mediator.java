package dev.orchestrator.mediator;

import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;

/** Understands a request. Implementations are thread-safe. */
public interface Mediator {

    Understanding understand(TaskSpec spec, TaskBody body);
}
