package dev.orchestrator.guard.manifest;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a walk learns of git: before a run from the disk ({@link GitOnDisk}), after it from what was found before
 * ({@link IgnoreFiles}). So what an agent writes into a {@code .gitignore}, or does to a {@code .git}, hides nothing.
 *
 * <p>Directories are named by their path relative to the one that is scanned: empty for itself, {@code src/main} for one in
 * it, {@code ../..} for one above it.
 */
interface GitView {

    /** How far above {@code directory}, the scanned one, the repository begins that it lies in; 0 when it is itself a top. */
    int depth(Path directory);

    /**
     * The rules for this clone alone, of the repository whose top {@code directory} is; empty when it is no such top.
     *
     * @param names tells whether there is such a name in the directory
     */
    Optional<String> exclude(String path, Path directory, Predicate<String> names);

    /** The rules in the directory itself; without any when empty. */
    String gitignore(String path, Path directory, Predicate<String> names);

    /**
     * What is looked at although it is ignored, of the repository whose top is {@code path}.
     *
     * @param strip how paths begin there that lie in the scanned directory; empty or with a slash at its end
     * @param prepend how the same paths begin seen from the scanned directory; likewise
     */
    Tracked tracked(String path, String strip, String prepend);

    /** What is looked at where no repository is. */
    Tracked outside();

    /** The path of the directory {@code steps} above the scanned one. */
    static String above(int steps) {
        return String.join("/", Collections.nCopies(steps, ".."));
    }
}
