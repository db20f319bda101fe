package dev.orchestrator.guard.manifest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One file that is not as it was.
 *
 * @param path relative to the working directory, with forward slashes; a byte of the name that is not UTF-8 is shown as
 *     {@code \xE9}
 * @param bytes size now; 0 when deleted
 * @param sha256 of the content now, in hex; null when the file is deleted, is no regular file, cannot be read, or when
 *     it or all changed files together are too large to be read
 */
public record FileChange(
        String path, Change change, long bytes, @Nullable String sha256) {

    /** What happened to a file. A rename is a deletion and an addition. */
    public enum Change {
        ADDED,
        MODIFIED,
        DELETED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
