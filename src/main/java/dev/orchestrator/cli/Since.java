package dev.orchestrator.cli;

import dev.orchestrator.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A time in the past as users write it: {@code 7d} before now, {@code 2026-11-22}, {@code 2026-11-22T14:25:01Z}. */
final class Since {
    private static final int DATE = "2026-11-22".length();
    private static final String FORM = "is neither " + Durations.FORM + " nor a date such as 2026-11-22";

    private Since() {}

    /** @throws IllegalArgumentException whose message follows the text */
    static Instant parse(String text, Instant now) {
        return text.indexOf('-') > 0 ? date(text) : now.minus(duration(text));
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    problem.startsWith("is longer") ? problem + "; give a date instead" : FORM + ": it " + problem, e);
        }
    }

    /** The day begins when it does in UTC, as everywhere in the files. */
    private static Instant date(String text) {
        try {
            if (text.length() == DATE) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean zoned = text.endsWith("Z") || text.indexOf('+') > DATE || text.indexOf('-', DATE) > DATE;
            return zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(FORM, e);
        }
    }
}
