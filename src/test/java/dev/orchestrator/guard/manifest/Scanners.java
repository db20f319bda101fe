package dev.orchestrator.guard.manifest;

import dev.orchestrator.time.TimeSource;
import java.nio.file.AccessDeniedException;
import java.util.List;

/** Scanners for the tests of other packages. */
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
        return new ManifestScanner(List.of(), some, 1_000, TimeSource.system());
    }
}
