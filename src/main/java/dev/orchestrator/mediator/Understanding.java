package dev.orchestrator.mediator;

/**
 * What a request was understood to be.
 *
 * @param type name of the template to use
 * @param mode how it was found out: {@code rules} or {@code llm}
 * @param reason why that way, for the artifact
 */
public record Understanding(String type, String mode, String reason) {}
