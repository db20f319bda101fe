package dev.orchestrator.pipeline;

import dev.orchestrator.pipeline.ParseStep.Parsed;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.util.List;

/**
 * The exchange that is to be done now.
 *
 * @param view the task as it stood when this began
 */
record Turn(TaskView view, Parsed parsed) {

    TaskId id() {
        return view.id();
    }

    int number() {
        return view.turn();
    }

    /** Its attempts before the one called {@code number}, in order. */
    List<AttemptView> attemptsBefore(int number) {
        return view.attempts().stream()
                .filter(attempt -> attempt.number() < number)
                .toList();
    }
}
