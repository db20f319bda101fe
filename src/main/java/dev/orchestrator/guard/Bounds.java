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
 * @param commands permission rules that the task asked for, as it wrote them
 */
public record Bounds(Path directory, Access access, List<Path> readRoots, List<String> commands) {
    public Bounds {
        readRoots = List.copyOf(readRoots);
        commands = List.copyOf(commands);
    }
}
