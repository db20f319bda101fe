package dev.orchestrator.guard.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a git repository keeps what matters here. Found by looking at files only: no git is started and no git
 * configuration is read.
 *
 * <p>A worktree or a submodule has a file {@code .git} that says {@code gitdir: PATH}; what all worktrees share lies in
 * the directory that {@code PATH/commondir} names.
 *
 * @param top the directory that has the {@code .git}
 */
public record Repository(Path top, Path gitDirectory, Path commonDirectory) {
    private static final String GITDIR = "gitdir:";
    private static final int MAX_POINTER = 1 << 14;

    /** The repository whose top is {@code directory}. */
    public static Optional<Repository> at(Path directory) {
        Path git = directory.resolve(".git");
        return gitDirectory(git)
                .filter(found -> Files.exists(found.resolve("HEAD")))
                .map(found -> new Repository(
                        directory,
                        found,
                        pointer(found.resolve("commondir"), "").orElse(found)));
    }

    /** The repository that contains {@code directory}, which is absolute; the innermost one. */
    public static Optional<Repository> containing(Path directory) {
        for (Path above = directory; above != null && Files.isReadable(above); above = above.getParent()) {
            Optional<Repository> found = at(above);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    public Path index() {
        return gitDirectory.resolve("index");
    }

    /** Ignore rules of this clone alone. */
    Path exclude() {
        return commonDirectory.resolve("info").resolve("exclude");
    }

    private static Optional<Path> gitDirectory(Path git) {
        return Files.isDirectory(git) ? Optional.of(git) : pointer(git, GITDIR);
    }

    /** The path that the file {@code from} names after {@code prefix}, relative to the directory it lies in. */
    private static Optional<Path> pointer(Path from, String prefix) {
        if (!Files.isRegularFile(from)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(from)) {
            String text = new String(in.readNBytes(MAX_POINTER), StandardCharsets.UTF_8).strip();
            return text.startsWith(prefix)
                    ? Optional.of(
                            from.resolveSibling(text.substring(prefix.length()).strip())
                                    .normalize())
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
