package dev.orchestrator.task;

import java.util.Locale;

/** How soon a task should run, most urgent first. */
public enum Priority {
    HIGH,
    MEDIUM,
    LOW;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
