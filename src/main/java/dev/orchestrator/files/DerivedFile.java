package dev.orchestrator.files;

import java.io.IOException;

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
}
