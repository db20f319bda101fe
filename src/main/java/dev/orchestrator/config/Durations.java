package dev.orchestrator.config;

import dev.orchestrator.config.Units.Unit;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Durations as users write them, in settings and in task files: {@code 250ms}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 1d}. */
public final class Durations {
    /** What to write instead, for the error about a text that is none. */
    public static final String FORM = "a duration such as 250ms, 90s, 5m, 2h or 1d";

    static final Duration LONGEST = Duration.ofDays(365);

    private static final Units UNITS = new Units(
            "a duration",
            List.of(
                    new Unit("d", Duration.ofDays(1).toMillis()),
                    new Unit("h", Duration.ofHours(1).toMillis()),
                    new Unit("m", Duration.ofMinutes(1).toMillis()),
                    new Unit("s", Duration.ofSeconds(1).toMillis()),
                    new Unit("ms", 1)),
            UnaryOperator.identity());

    private Durations() {}

    /**
     * @param text a whole number and one unit; a bare number is refused
     * @return zero to 365 days
     * @throws IllegalArgumentException whose message follows the text: "is a number without a unit"
     */
    public static Duration parse(String text) {
        Duration duration = Duration.ofMillis(UNITS.parse(text));
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("is longer than " + print(LONGEST));
        }
        return duration;
    }

    /** The form that {@link #parse} reads; what is shorter than a millisecond is dropped. */
    public static String print(Duration duration) {
        return duration.isZero() ? "0s" : UNITS.print(duration.toMillis());
    }
}
