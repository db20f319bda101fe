package dev.orchestrator.intake;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that could not be taken in and are tried again from time to time, each named once in the log. Thread-safe. */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);
    private static final int MOST_NAMES_LOGGED = 1000;

    private final Set<Path> files = ConcurrentHashMap.newKeySet();

    void add(Path file, Throwable why) {
        if (files.add(file) && files.size() <= MOST_NAMES_LOGGED) {
            Throwable said = why instanceof UncheckedIOException && why.getCause() != null ? why.getCause() : why;
            log.warn("{} cannot be taken in and is tried again from time to time: {}", file, said.toString());
        }
    }

    /** It was taken in, or rejected. */
    void remove(Path file) {
        files.remove(file);
    }

    boolean contains(Path file) {
        return files.contains(file);
    }

    /** In the order of their names. */
    List<Path> all() {
        return files.stream().sorted().toList();
    }

    /** Forgets the files that their owners took away. */
    void prune() {
        files.removeIf(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
    }
}
