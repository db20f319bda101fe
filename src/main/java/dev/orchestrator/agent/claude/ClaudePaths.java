package dev.orchestrator.agent.claude;

import java.nio.file.Path;
import java.util.Optional;

/** Which directories can be protected: those that a permission rule can name. Pure. */
public final class ClaudePaths {
    private ClaudePaths() {}

    /** Why no permission rule can be written for {@code path}, for a person; empty when one can. */
    public static Optional<String> problem(Path path) {
        return PathRule.problem(path);
    }
}
