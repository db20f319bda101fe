package dev.orchestrator.guard;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What belongs to the orchestrator.
 *
 * @param directories no agent may change anything in them
 * @param hidden files and directories that no agent may read either
 * @param caseIgnored true when {@code Tasks} and {@code tasks} are one directory
 */
public record OwnFiles(List<Path> directories, List<Path> hidden, boolean caseIgnored) {
    public OwnFiles {
        directories = List.copyOf(directories);
        hidden = List.copyOf(hidden);
    }

    /** The same, but for a directory of which each run may change its own part alone. */
    public OwnFiles without(Path directory) {
        return new OwnFiles(
                directories.stream().filter(own -> !own.equals(directory)).toList(), hidden, caseIgnored);
    }

    boolean forbidReading(Path real) {
        return hidden.stream().anyMatch(path -> contains(path, real));
    }

    boolean forbidChanging(Path real) {
        return forbidReading(real) || directories.stream().anyMatch(path -> contains(path, real));
    }

    private boolean contains(Path own, Path real) {
        return real.startsWith(own) || (caseIgnored && folded(real).startsWith(folded(own)));
    }

    private static Path folded(Path path) {
        return path.getFileSystem().getPath(path.toString().toLowerCase(Locale.ROOT));
    }
}
