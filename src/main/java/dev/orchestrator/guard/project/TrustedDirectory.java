package dev.orchestrator.guard.project;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A directory whose own settings a person wants to have.
 *
 * @param directory its real path
 * @param sha256 of the files as they were then, see {@link ProjectFiles#sha256}
 */
public record TrustedDirectory(String directory, String sha256, Instant trustedAt) {
    public Path path() {
        return Path.of(directory);
    }
}
