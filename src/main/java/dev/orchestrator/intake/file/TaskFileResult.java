package dev.orchestrator.intake.file;

/** What came of reading a task file. */
public sealed interface TaskFileResult {
    record Understood(TaskDraft draft) implements TaskFileResult {}

    record NotUnderstood(Rejection rejection) implements TaskFileResult {}
}
