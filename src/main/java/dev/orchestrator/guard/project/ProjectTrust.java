package dev.orchestrator.guard.project;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides before each run whether the settings of its repository count. Thread-safe. */
public final class ProjectTrust {
    private static final Logger log = LoggerFactory.getLogger(ProjectTrust.class);

    private final TrustedDirectories trusted;
    private final Path copies;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** @param copies where the copies are in which guarded tasks work */
    public ProjectTrust(TrustedDirectories trusted, Path copies) {
        this.trusted = trusted;
        this.copies = copies;
    }

    /**
     * For a run that is about to start.
     *
     * @param original the task's directory, by which is decided; real
     * @param directory where it works: that, or a copy of it
     */
    public Standing of(Path original, Path directory) {
        Optional<TrustedDirectory> found;
        try {
            found = trusted.around(original);
        } catch (IOException e) {
            sayOnce("Settings of repositories stay off: " + e.getMessage() + ".");
            return new Standing.Off();
        }
        return found.isEmpty() ? new Standing.Off() : of(found.get(), original, directory);
    }

    private Standing of(TrustedDirectory known, Path original, Path directory) {
        try {
            ProjectFiles files = unchanged(known);
            Optional<Path> top = top(known.path(), original, directory);
            if (top.isEmpty()) {
                sayOnce("The settings of " + known.directory() + " stay off for tasks whose copy does not hold them.");
                return new Standing.Off();
            }
            if (!top.get().equals(known.path()) && !ProjectFiles.read(top.get()).isPartOf(files)) {
                throw new Unusable("they are others in the copy in which the task works");
            }
            return new Standing.Trusted(top.get(), ProjectSettings.of(files));
        } catch (Unusable e) {
            return changed(known, e.problem());
        } catch (IOException e) {
            return changed(known, "they cannot be read: " + e);
        }
    }

    private static ProjectFiles unchanged(TrustedDirectory known) throws Unusable, IOException {
        try {
            ProjectFiles files = ProjectFiles.read(known.path());
            if (!files.sha256().equals(known.sha256())) {
                throw new Unusable("they are not what they were at " + known.trustedAt());
            }
            return files;
        } catch (NoSuchFileException e) {
            throw new Unusable("it is gone");
        }
    }

    /** Why the settings of {@code known} do not count at present; empty when they do. */
    public static Optional<String> problem(TrustedDirectory known) throws IOException {
        try {
            ProjectSettings.of(unchanged(known));
            return Optional.empty();
        } catch (Unusable e) {
            return Optional.of(e.problem());
        }
    }

    /** Where the run finds what is trusted: as many levels up as in the original. Empty when that is not in the copy. */
    private Optional<Path> top(Path known, Path original, Path directory) {
        if (directory.equals(original)) {
            return Optional.of(known);
        }
        int left = directory.getNameCount() - (original.getNameCount() - known.getNameCount());
        int before = copies.getNameCount();
        // A copy is two levels below: .staging/ID/work.
        return directory.startsWith(copies) && left >= before + 2
                ? Optional.of(copies.resolve(directory.subpath(before, left)))
                : Optional.empty();
    }

    private Standing changed(TrustedDirectory known, String why) {
        sayOnce("The settings of " + known.directory() + " stay off: " + why + ". Look at them with `trust "
                + known.directory() + "`, and trust them again if they are as you want them.");
        return new Standing.Changed();
    }

    private void sayOnce(String text) {
        if (said.size() < 1_000 && said.add(text)) {
            log.warn("{}", text);
        }
    }
}
