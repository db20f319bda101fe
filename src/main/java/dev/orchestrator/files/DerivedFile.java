package dev.orchestrator.files;

import java.io.IOException;
import java.time.Duration;

/**
 * A file that can be made again at any time, mostly from the journal, so it may be behind and need not be written for every change.
 * Thread-safe.
 */
public interface DerivedFile {

    /** For messages. */
    String name();

    /** True when something has changed since the file was written. */
    boolean isStale();

    void write() throws IOException;

    /** How long it is left alone after it was written, though something has changed. */
    default Duration leastRest() {
        return Duration.ZERO;
    }
}
