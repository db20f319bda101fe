package dev.orchestrator.mediator;

/**
 * What came of a turn, for a person.
 *
 * @param by who says so: the name of a model, or {@link #BY_AGENT} or {@link #BY_US}
 */
public record Summary(String text, String by) {
    public static final String BY_AGENT = "agent";
    public static final String BY_US = "orchestrator";
}
