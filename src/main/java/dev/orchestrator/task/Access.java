package dev.orchestrator.task;

import java.util.Locale;

/** What a task may do to its working directory: readers share a directory, a writer has it alone. */
public enum Access {
    READ,
    WRITE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
