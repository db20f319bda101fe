package dev.orchestrator;

import java.util.Locale;

/** Why the daemon stops, as the journal has it. */
enum StopReason {
    /** Nothing was left to do, and it was to stop then. */
    DRAINED,
    SIGNAL,
    ERROR,
    /** The home's logs were moved or removed; nobody says so in a journal. */
    HOME_LOST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
