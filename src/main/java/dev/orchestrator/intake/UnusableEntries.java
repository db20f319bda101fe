package dev.orchestrator.intake;

import dev.orchestrator.intake.file.TaskFileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is called like a task file and is none: a link, which could lead anywhere, a directory, a device. It stays where it
 * is, since a link that is moved may lead somewhere else, and a directory may be anybody's. Each is named once in the log.
 * Thread-safe.
 */
final class UnusableEntries {
    private static final Logger log = LoggerFactory.getLogger(UnusableEntries.class);
    private static final int MOST_NAMES_LOGGED = 1000;

    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /** Says what {@code entry} is when it is one, unless that was said before. */
    void look(Path entry) {
        kind(entry).ifPresent(kind -> {
            if (known.add(entry) && known.size() <= MOST_NAMES_LOGGED) {
                log.warn("{} is not taken in: it is {}", entry, whatAndWhatToDo(kind));
            }
        });
    }

    /** True when {@code entry} is one that was not said yet. */
    boolean isNew(Path entry) {
        return !known.contains(entry) && kind(entry).isPresent();
    }

    /** Those that are still there. */
    List<Path> all() {
        return known.stream().filter(entry -> kind(entry).isPresent()).toList();
    }

    /** Forgets what its owner took away, or replaced by a file. */
    void prune() {
        known.removeIf(entry -> kind(entry).isEmpty());
    }

    /** Empty for a plain file, for what is gone, and for what is called otherwise. */
    private static Optional<BasicFileAttributes> kind(Path entry) {
        if (!TaskFileNames.isTaskFile(String.valueOf(entry.getFileName()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
                    .filter(kind -> !kind.isRegularFile());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String whatAndWhatToDo(BasicFileAttributes kind) {
        if (kind.isSymbolicLink()) {
            return "a symbolic link, and none is followed. Put the file itself there.";
        }
        return kind.isDirectory()
                ? "a directory. Put the task files that are in it into tasks/ themselves."
                : "no plain file. Put a plain file there.";
    }
}
