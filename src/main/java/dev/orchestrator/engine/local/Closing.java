package dev.orchestrator.engine.local;

import dev.orchestrator.task.Cancellation;
import java.time.Duration;

/**
 * How an engine lets go of what runs.
 *
 * @param grace how long it may go on first
 * @param then what is said to those that are not done then
 * @param leaving how long they may take to obey
 */
public record Closing(Duration grace, Cancellation.Reason then, Duration leaving) {
    /** A grace that does not end by itself. */
    public static final Duration FOR_EVER = Duration.ofDays(36_500);
}
