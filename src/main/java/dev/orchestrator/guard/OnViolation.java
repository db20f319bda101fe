package dev.orchestrator.guard;

import java.util.Locale;

/** What becomes of a run that reached beyond its bounds. Whatever it reached for was refused in any case. */
public enum OnViolation {
    /** It goes on, and what it tried is in the artifact. */
    RECORD,
    /** It goes on to its end, and the task fails. */
    FAIL,
    /** It is ended at once, and the task fails. */
    STOP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
