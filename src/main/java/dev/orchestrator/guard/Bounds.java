package dev.orchestrator.guard;

import dev.orchestrator.task.Access;
import java.nio.file.Path;
import java.util.List;

/**
 * What one task may touch. All paths are real and absolute.
 *
 * @param directory where the task works, and the only place that it may change
 * @param access whether it may change anything at all
 * @param readRoots where it may read besides
 * @param grants permission rules for commands and addresses that the task asked for, as it wrote them
 */
public record Bounds(Path directory, Access access, List<Path> readRoots, List<String> grants) {
    public Bounds {
        readRoots = List.copyOf(readRoots);
        grants = List.copyOf(grants);
    }
}
