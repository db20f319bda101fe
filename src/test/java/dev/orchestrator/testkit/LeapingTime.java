package dev.orchestrator.testkit;

import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * A time of day that leaps on with each look at it, so that nobody waits for a retry. Durations are real. Thread-safe.
 */
public final class LeapingTime implements TimeSource {
    /** Longer than the pause after a fault of the disk and before a second attempt. */
    private static final Duration LEAP = Duration.ofMinutes(1);

    private Instant now;

    public LeapingTime(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant now() {
        now = now.plus(LEAP);
        return now;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
