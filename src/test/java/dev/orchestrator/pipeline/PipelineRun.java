package dev.orchestrator.pipeline;

import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;

/** A pipeline, and what it makes of a task. */
record PipelineRun(Pipeline pipeline, TimeSource time) {

    /** Runs {@code task}, which is to be tried again, and says how long it is to wait. */
    Duration waits(Task task) throws InterruptedException {
        Outcome.RetryAt retry = (Outcome.RetryAt) pipeline.run(task, new Cancellation());
        return Duration.between(time.now(), retry.notBefore());
    }
}
