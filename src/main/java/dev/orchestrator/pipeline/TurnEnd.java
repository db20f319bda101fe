package dev.orchestrator.pipeline;

import dev.orchestrator.pipeline.ParseStep.Parsed;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.validation.ValidationReport;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ended, with everything that is known about it. What a turn did not come to is null.
 *
 * @param view the task as it stood at the end
 */
record TurnEnd(
        TaskView view,
        TaskStatus status,
        @Nullable Failure failure,
        @Nullable Parsed parsed,
        @Nullable Work work,
        @Nullable ValidationReport validation) {

    static TurnEnd withoutWork(TaskView view, TaskStatus status, @Nullable Failure failure, @Nullable Parsed parsed) {
        return new TurnEnd(view, status, failure, parsed, null, null);
    }
}
