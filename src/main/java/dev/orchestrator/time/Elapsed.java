package dev.orchestrator.time;

import java.time.Duration;
import java.time.Instant;

/** The time between two moments of the clock, for the files: never negative, though the clock may be set back in between. */
public final class Elapsed {
    private Elapsed() {}

    public static Duration between(Instant start, Instant end) {
        Duration elapsed = Duration.between(start, end);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }
}
