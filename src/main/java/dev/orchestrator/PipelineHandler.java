package dev.orchestrator;

import dev.orchestrator.engine.RunContext;
import dev.orchestrator.engine.TaskHandler;
import dev.orchestrator.pipeline.Pipeline;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** The pipeline as an engine drives it. */
record PipelineHandler(Pipeline pipeline) implements TaskHandler {

    @Override
    public Outcome run(Task task, RunContext context) throws InterruptedException {
        return pipeline.run(task, context.cancellation());
    }

    @Override
    public Outcome end(Task task, TaskStatus status, @Nullable Failure failure) throws InterruptedException {
        return pipeline.end(task, status, failure);
    }
}
