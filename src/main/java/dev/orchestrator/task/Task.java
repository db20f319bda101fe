package dev.orchestrator.task;

import java.time.Instant;
import java.util.Objects;

/**
 * One accepted request. It holds no text of any length, so that many thousands can wait in memory; the text is in the
 * accepted file and, but for secrets, in the journal.
 *
 * @param directory where the agent works: absolute, real, inside an allowed root when it was accepted
 * @param access what the task may do there
 */
public record Task(
        TaskId id,
        @Verbatim TaskSource source,
        TaskSpec spec,
        @Verbatim String directory,
        Access access,
        Instant acceptedAt) {

    public Task {
        Objects.requireNonNull(id);
        Objects.requireNonNull(source);
        Objects.requireNonNull(spec);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(access);
        Objects.requireNonNull(acceptedAt);
    }
}
