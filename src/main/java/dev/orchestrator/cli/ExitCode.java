package dev.orchestrator.cli;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.FailureCategory;
import java.util.Optional;

/** What the process tells its caller. */
public enum ExitCode {
    DONE(0),
    /** The task or the check failed. */
    FAILED(1),
    USAGE(2),
    CONFIGURATION(3),
    /** No daemon or no agent is there. */
    UNAVAILABLE(4),
    INTERNAL(5),
    /** Nobody reads any more what is printed, as behind {@code | head}: what shells say of a program that SIGPIPE ended. */
    READER_GONE(141);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** For a task that did not succeed; {@code artifact} says why. */
    static ExitCode ofFailed(Optional<Artifact> artifact) {
        return artifact.map(Artifact::error)
                .filter(error -> error.category() == FailureCategory.AGENT_MISSING
                        || error.category() == FailureCategory.SANDBOX_MISSING)
                .map(error -> UNAVAILABLE)
                .orElse(FAILED);
    }
}
