package dev.orchestrator.intake;

import dev.orchestrator.files.NameEncoding;
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
 * What is called like a task file and cannot be one: a link, which could lead anywhere, a directory, a device; or a file
 * whose name is not text. It stays where it is, since a link that is moved may lead somewhere else, and a directory may be
 * anybody's. Each is named once in the log. Thread-safe.
 */
final class UnusableEntries {
    private static final Logger log = LoggerFactory.getLogger(UnusableEntries.class);
    private static final int MOST_NAMES_LOGGED = 1000;

    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /** Says what is wrong with {@code entry} when it is one, unless that was said before. */
    void look(Path entry) {
        problem(entry).ifPresent(problem -> {
            if (known.add(entry) && known.size() <= MOST_NAMES_LOGGED) {
                log.warn("{} is not taken in: {}", entry, problem);
            }
        });
    }

    boolean contains(Path entry) {
        return known.contains(entry);
    }

    /** Those that are still there. */
    List<Path> all() {
        return known.stream().filter(entry -> problem(entry).isPresent()).toList();
    }

    /** Forgets what its owner took away, or replaced by a file. */
    void prune() {
        known.removeIf(entry -> problem(entry).isEmpty());
    }

    /** Why {@code entry} is one, and what to do; empty for a plain file, for what is gone, and for what is called otherwise. */
    static Optional<String> problem(Path entry) {
        if (!TaskFileNames.isTaskFile(String.valueOf(entry.getFileName()))) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes kind =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return kind.isRegularFile() ? problemOfName(entry) : Optional.of(problemOf(kind));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String problemOf(BasicFileAttributes kind) {
        if (kind.isSymbolicLink()) {
            return "it is a symbolic link, and none is followed. Put the file itself there.";
        }
        return kind.isDirectory()
                ? "it is a directory. Put the task files that are in it into tasks/ themselves."
                : "it is no plain file. Put a plain file there.";
    }

    /** A file that cannot be found again by its name could be done twice after a crash. */
    private static Optional<String> problemOfName(Path file) {
        if (NameEncoding.leadsBack(file)) {
            return Optional.empty();
        }
        return Optional.of(NameEncoding.ofThisJvm()
                .limit()
                .map(limit -> limit + ". " + NameEncoding.remedy() + " Or rename the file.")
                .orElse("its name is no text in the encoding of this locale. Rename it."));
    }
}
