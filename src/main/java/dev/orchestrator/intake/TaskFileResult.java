package dev.orchestrator.intake;

/** What came of reading a task file. */
sealed interface TaskFileResult {
    record Understood(TaskDraft draft) implements TaskFileResult {}

    record NotUnderstood(Rejection rejection) implements TaskFileResult {}
}
