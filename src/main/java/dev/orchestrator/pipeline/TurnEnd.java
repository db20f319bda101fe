package dev.orchestrator.pipeline;

import dev.orchestrator.guard.staging.ChangeSet;
import dev.orchestrator.mediator.Summary;
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
 * @param change of a guarded turn, which is not in the directory
 * @param summary what happened, in other words than the agent's; null for those
 */
record TurnEnd(
        TaskView view,
        TaskStatus status,
        @Nullable Failure failure,
        @Nullable Parsed parsed,
        @Nullable Work work,
        @Nullable ValidationReport validation,
        @Nullable ChangeSet change,
        @Nullable Summary summary) {

    TurnEnd(
            TaskView view,
            TaskStatus status,
            @Nullable Failure failure,
            @Nullable Parsed parsed,
            @Nullable Work work,
            @Nullable ValidationReport validation) {
        this(view, status, failure, parsed, work, validation, null, null);
    }

    static TurnEnd withoutWork(TaskView view, TaskStatus status, @Nullable Failure failure, @Nullable Parsed parsed) {
        return new TurnEnd(view, status, failure, parsed, null, null);
    }

    /** A turn in which nobody worked, and what happened in it instead. */
    static TurnEnd remarked(TaskView view, TaskStatus status, @Nullable Failure failure, String remark) {
        return new TurnEnd(view, status, failure, null, null, null, null, new Summary(remark, Summary.BY_US));
    }

    TurnEnd changing(ChangeSet what, TaskStatus how) {
        return new TurnEnd(view, how, failure, parsed, work, validation, what, summary);
    }

    TurnEnd failing(Failure why) {
        return new TurnEnd(view, TaskStatus.FAILED, why, parsed, work, validation, null, summary);
    }

    TurnEnd failing(Failure why, ValidationReport report) {
        return new TurnEnd(view, TaskStatus.FAILED, why, parsed, work, report, null, summary);
    }

    TurnEnd toldAs(Summary told) {
        return new TurnEnd(view, status, failure, parsed, work, validation, change, told);
    }
}
