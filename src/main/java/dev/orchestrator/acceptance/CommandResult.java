package dev.orchestrator.acceptance;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param exitCode null when it came to none
 * @param output the end of what it printed, or why it was not started
 */
public record CommandResult(Outcome outcome, @Nullable Integer exitCode, Duration duration, String output) {

    /** What became of it. */
    public enum Outcome {
        GREEN,
        RED,
        /** It took too long and was stopped. */
        TIMEOUT,
        /** It printed more than there is room for and was stopped. */
        FLOOD,
        NOT_STARTED,
        /** The task or the daemon was to end. */
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
