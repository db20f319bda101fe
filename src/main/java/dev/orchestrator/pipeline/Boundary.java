package dev.orchestrator.pipeline;

import dev.orchestrator.agent.ToolCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            return isCrossedBy(target, reads) || isCrossedBy(real(target), reads);
        } catch (InvalidPathException e) {
            return true;
        }
    }

    private boolean isCrossedBy(Path target, boolean reads) {
        boolean inside =
                target.startsWith(directory) || (reads && readRoots.stream().anyMatch(target::startsWith));
        return !inside || own.stream().anyMatch(target::startsWith);
    }

    /** Where {@code path} leads when links are followed, also when its last names do not exist yet. */
    private static Path real(Path path) {
        for (Path existing = path; existing != null; existing = existing.getParent()) {
            Optional<Path> found = followed(existing);
            if (found.isPresent()) {
                return found.get().resolve(existing.relativize(path)).normalize();
            }
        }
        return path;
    }

    private static Optional<Path> followed(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return target(path);
        }
    }

    /** Where a link leads whose target does not exist. */
    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(link.resolveSibling(Files.readSymbolicLink(link)).normalize());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
