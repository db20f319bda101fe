package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.ManifestWalk.Found;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Takes {@link Manifest}s: one walk, one look at each file's metadata, no process, no file opened but git's own. Never
 * throws for what it finds: what cannot be looked into becomes a gap, what vanishes meanwhile was never there.
 * Thread-safe.
 *
 * <p>Left out are what is in directories named {@code .git}, the excluded paths and, inside of a git repository, what its
 * {@code .gitignore} files and {@code info/exclude} ignore and git does not track. Repositories within the directory have
 * rules of their own. When the directory itself is ignored by the repository around it (a home directory under version
 * control, say), nothing in it would be left: then that repository does not count.
 */
public final class ManifestScanner {
    /** With more files than this the rest becomes gaps: a working directory like {@code /} must not fill the memory. */
    private static final int MAX_FILES = 500_000;
    /** Likewise after this time: no file system and no set of ignore rules keeps a task for ever. */
    private static final Duration MAX_TIME = Duration.ofMinutes(5);

    private final List<Path> excluded;
    private final DirectoryReader reader;
    private final int maxFiles;
    private final TimeSource time;

    /** @param excluded absolute paths of directories and files that are never looked into; they need not exist */
    public ManifestScanner(List<Path> excluded) {
        this(excluded, DirectoryReader.ofThisPlatform(), MAX_FILES, TimeSource.system());
    }

    ManifestScanner(List<Path> excluded, DirectoryReader reader, int maxFiles, TimeSource time) {
        this.excluded =
                excluded.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        this.reader = reader;
        this.maxFiles = maxFiles;
        this.time = time;
    }

    /** The picture before a run. A directory that does not exist gives an empty one. */
    public Manifest scan(Path directory) {
        GitOnDisk git = new GitOnDisk();
        Path real = real(directory);
        Found found = walk(real, git);
        return Manifest.of(real, found.entries(), found.gaps(), git.files());
    }

    /**
     * The picture after a run of the directory that {@code before} shows, by the ignore rules of before: what the run did to
     * a {@code .gitignore} or a {@code .git} neither hides a change nor feigns a deletion. A new file that was ignored
     * already then is not seen.
     */
    public Manifest rescan(Manifest before) {
        Path directory = before.directory();
        if (Files.isSymbolicLink(directory)) {
            // Put in place of the directory: all that was in it is gone.
            return Manifest.of(directory, List.of(), List.of(), before.ignoreFiles());
        }
        Found found = walk(directory, before.asGitView());
        return Manifest.of(directory, found.entries(), found.gaps(), before.ignoreFiles());
    }

    private Found walk(Path directory, GitView git) {
        Stopwatch watch = Stopwatch.start(time);
        BooleanSupplier late = () -> watch.reached(MAX_TIME);
        return new ManifestWalk(directory, realExcluded(), reader, maxFiles, late, git).run();
    }

    /** Each excluded path where it really lies and, should it be a symlink, where it leads. */
    private Set<Path> realExcluded() {
        Map<Path, Path> realParents = new HashMap<>();
        Set<Path> real = new HashSet<>();
        for (Path path : excluded) {
            Path parent = path.getParent();
            Path lies = parent == null
                    ? path
                    : realParents.computeIfAbsent(parent, ManifestScanner::real).resolve(path.getFileName());
            real.add(lies);
            if (Files.isSymbolicLink(lies)) {
                real.add(real(lies));
            }
        }
        return real;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
