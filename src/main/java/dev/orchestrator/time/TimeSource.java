package dev.orchestrator.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time of day and a monotonic clock. Implementations are thread-safe.
 *
 * <p>Instants are cut to milliseconds, the precision of every file we write, so that a value read back equals the value
 * that was written.
 */
public interface TimeSource {

    /** The time of day, in whole milliseconds. May jump when somebody sets the clock: never measure a duration by it. */
    Instant now();

    /** Nanoseconds since an arbitrary origin; only differences mean something. Never goes back. */
    long nanoTime();

    /** The clock of this machine. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** Cuts {@code instant} to the precision that our files keep. */
    static Instant toMillis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
