package dev.orchestrator.dispatch;

import dev.orchestrator.task.UsageLimit;
import dev.orchestrator.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to try again after a plan's usage window was spent. What the agent tells about the reset is believed within bounds: a
 * time in the past or in the far future would make a storm of failing runs, or a night without work. Pure, but for the
 * random generator.
 */
final class UsageWindow {
    /** A little longer than the windows themselves. */
    private static final Duration FIVE_HOURS = Duration.ofHours(6);

    private static final Duration SEVEN_DAYS = Duration.ofDays(8);
    private static final Duration MONTH = Duration.ofDays(32);
    private static final Duration LONGEST_GUESS = Duration.ofHours(1);
    /** For a reset that was not told. */
    private static final Backoff UNTOLD = new Backoff(Duration.ofMinutes(15), LONGEST_GUESS);
    /** For a reset that is said to be over already: the clocks differ, or the window was prolonged. */
    private static final Backoff PAST = new Backoff(Duration.ofMinutes(1), LONGEST_GUESS);

    private static final Duration JITTER = Duration.ofSeconds(10);

    private UsageWindow() {}

    /** @param guesses how often in a row the reset of this window was not told before, or was told to be over */
    static Instant end(UsageLimit limit, Instant now, int guesses, RandomGenerator random) {
        Duration jitter = Duration.ofMillis(random.nextLong(JITTER.toMillis()));
        Instant told = limit.resetsAt();
        if (told == null) {
            return now.plus(UNTOLD.after(guesses)).plus(jitter);
        }
        if (!told.isAfter(now)) {
            return now.plus(PAST.after(guesses)).plus(jitter);
        }
        Instant latest = now.plus(longest(limit.window()));
        return (told.isAfter(latest) ? latest : told).plus(jitter);
    }

    private static Duration longest(String window) {
        if (window.startsWith("seven_day")) {
            return SEVEN_DAYS;
        }
        return window.startsWith("overage") ? MONTH : FIVE_HOURS;
    }
}
