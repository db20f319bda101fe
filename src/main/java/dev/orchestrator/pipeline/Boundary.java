package dev.orchestrator.pipeline;

import dev.orchestrator.agent.ToolCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Tells a refusal that kept the agent inside its bounds from one that only lacked a permission within them.
 *
 * @param directory where the agent may work
 * @param readRoots where it may read besides
 * @param own the orchestrator's own files and directories
 */
record Boundary(Path directory, List<Path> readRoots, List<Path> own) {
    private static final Set<String> READING = Set.of("Read", "Grep", "Glob");
    private static final Set<String> WRITING = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");

    /** True when the refused call reached for something outside, or for the orchestrator's own files. */
    boolean isCrossedBy(ToolCall refused) {
        boolean reads = READING.contains(refused.tool());
        if (refused.target() == null || !(reads || WRITING.contains(refused.tool()))) {
            return false;
        }
        try {
            Path target = directory.resolve(refused.target()).normalize();
            boolean inside =
                    target.startsWith(directory) || (reads && readRoots.stream().anyMatch(target::startsWith));
            return !inside || own.stream().anyMatch(target::startsWith);
        } catch (InvalidPathException e) {
            return true;
        }
    }
}
