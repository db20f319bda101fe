package dev.orchestrator.guard;

/** What the guard says to a call of a tool. */
public sealed interface Decision {
    /** Within bounds. Whether it happens is up to the agent's own rules, so that each of the two layers has to agree. */
    record Unopposed() implements Decision {}

    /** Granted by the task in a way that no rule of the agent can express. */
    record Granted() implements Decision {}

    record Refused(Refusal refusal) implements Decision {}
}
