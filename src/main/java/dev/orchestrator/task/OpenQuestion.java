package dev.orchestrator.task;

import java.time.Instant;
import java.util.Objects;

/** What an agent asked last. It waits for a person when the task does. */
public record OpenQuestion(String text, Instant askedAt) {
    public OpenQuestion {
        Objects.requireNonNull(text);
        Objects.requireNonNull(askedAt);
    }
}
