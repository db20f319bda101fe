package dev.orchestrator.guard.project;

import java.nio.file.Path;

/** Whether a repository's own settings count for a run. */
public sealed interface Standing {
    /** Nobody trusts them. */
    record Off() implements Standing {}

    /** @param top where the run finds the files: the trusted directory, or its copy */
    record Trusted(Path top, ProjectSettings settings) implements Standing {}

    /** They were trusted, and are not what they were then. */
    record Changed() implements Standing {}
}
