package dev.orchestrator.intake.file;

/**
 * The front matter of a template.
 *
 * @param description one line; empty for none
 * @param readOnly the agent gets nothing that could change a file
 * @param expectsChange a task of this kind that changed nothing did not do its work
 */
public record TemplateHead(String description, boolean readOnly, boolean expectsChange, TemplateDefaults defaults) {}
