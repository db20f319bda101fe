package dev.orchestrator.mediator;

/**
 * What an agent is told that asked something, in the place of a person.
 *
 * @param by who says so: the name of a model, or {@link #BY_RULES}
 */
public record Answer(String text, String by) {
    public static final String BY_RULES = "rules";
}
