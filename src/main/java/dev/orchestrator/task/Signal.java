package dev.orchestrator.task;

/** What a person can say about a task that the engine holds. */
public sealed interface Signal {

    /** Stop the task wherever it is; it ends as {@link TaskStatus#CANCELLED}. */
    record Cancel(String by) implements Signal {}

    /** Do not wait for the time of the next attempt. */
    record Hurry(String by) implements Signal {}
}
