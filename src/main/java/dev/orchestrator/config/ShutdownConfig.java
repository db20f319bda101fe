package dev.orchestrator.config;

import java.time.Duration;
import java.util.Locale;

/**
 * What becomes of runs when the daemon is asked to stop.
 *
 * @param grace how long they may go on first; does not matter to {@link Mode#WAIT}
 */
public record ShutdownConfig(Mode mode, Duration grace) {

    /** What becomes of runs that are not done after the grace. */
    public enum Mode {
        /** They are waited for, however long that takes. */
        WAIT,
        /** They go on without a daemon, and the next one takes them over. */
        LEAVE,
        /** They are stopped, and continued at the next start. */
        STOP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
