package dev.orchestrator.intake.file;

/** What came of reading a template. */
public sealed interface TemplateFileResult {
    /** @param guidance what the agent is told; never blank */
    record Understood(TemplateHead head, String guidance) implements TemplateFileResult {}

    record NotUnderstood(Rejection rejection) implements TemplateFileResult {}
}
