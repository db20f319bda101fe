package dev.orchestrator.task;

import java.time.Instant;

/**
 * The dropped file in which something was said to a task. By its content and its time it is told from one that says the same
 * at another time.
 *
 * @param file its name when it was dropped, without a directory
 * @param modified to the millisecond
 */
public record ReplySource(String file, String sha256, Instant modified) {

    /** True for the same file, whatever its name is or was written down as. */
    public boolean isSame(ReplySource other) {
        return sha256.equals(other.sha256) && modified.equals(other.modified);
    }
}
