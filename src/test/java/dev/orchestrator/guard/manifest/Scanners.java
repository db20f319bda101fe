package dev.orchestrator.guard.manifest;

import dev.orchestrator.time.TimeSource;
import java.nio.file.AccessDeniedException;
import java.util.List;

/** Scanners for tests. */
public final class Scanners {
    private Scanners() {}

    /** One that is refused every directory called {@code name}, whoever runs the test. */
    public static ManifestScanner refused(String name) {
        DirectoryReader all = DirectoryReader.ofThisPlatform();
        DirectoryReader some = directory -> {
            if (directory.endsWith(name)) {
                throw new AccessDeniedException(directory.toString());
            }
            return all.list(directory);
        };
        return reading(some);
    }

    /** One that reads with {@code reader}, excludes nothing and has no limit. */
    static ManifestScanner reading(DirectoryReader reader) {
        return new ManifestScanner(List.of(), reader, Integer.MAX_VALUE, TimeSource.system());
    }
}
