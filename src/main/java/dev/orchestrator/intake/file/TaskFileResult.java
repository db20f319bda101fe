package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskId;

/** What came of reading a task file. */
public sealed interface TaskFileResult {
    record Understood(TaskDraft draft) implements TaskFileResult {}

    /**
     * It is no task of its own, but says something to another.
     *
     * @param line where the other is named
     */
    record Reply(TaskId turnOf, String message, int line) implements TaskFileResult {}

    record NotUnderstood(Rejection rejection) implements TaskFileResult {}
}
