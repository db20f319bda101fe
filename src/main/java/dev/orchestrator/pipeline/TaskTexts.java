package dev.orchestrator.pipeline;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;

/** Where the text of an accepted task is found again. */
public interface TaskTexts {

    Result read(Task task);

    /** What came of looking. */
    sealed interface Result {
        /** @param title as the task has it; in the journal it stands without secrets */
        record Found(String title, TaskBody body) implements Result {}

        /** The text is not what was accepted; the task must not run. */
        record Unusable(Failure why) implements Result {}
    }
}
