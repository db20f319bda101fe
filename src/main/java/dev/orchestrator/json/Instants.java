package dev.orchestrator.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The one form in which our files have instants, {@code 2026-11-22T14:25:01.000Z}. It is read and written without the
 * formatters of {@code java.time}, which a short command would have to load.
 */
public final class Instants {
    /** Characters in that form. */
    public static final int LENGTH = "2026-11-22T14:25:01.000Z".length();

    private static final String SEPARATORS = "    -  -  T  :  :  .   Z";
    private static final long LAST_WITH_FOUR_DIGITS = 253_402_300_799L;

    private Instants() {}

    /** With exactly three digits of the second, whatever they are; what is smaller is cut off. */
    public static String format(Instant instant) {
        long second = instant.getEpochSecond();
        return second < 0 || second > LAST_WITH_FOUR_DIGITS ? Writing.MILLIS.format(instant) : digits(instant);
    }

    private static String digits(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        char[] text = SEPARATORS.toCharArray();
        put(text, 0, 4, utc.getYear());
        put(text, 5, 7, utc.getMonthValue());
        put(text, 8, 10, utc.getDayOfMonth());
        put(text, 11, 13, utc.getHour());
        put(text, 14, 16, utc.getMinute());
        put(text, 17, 19, utc.getSecond());
        put(text, 20, 23, utc.getNano() / 1_000_000);
        return new String(text);
    }

    private static void put(char[] text, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Apart, because only times that nobody lives to see need it. */
    private static final class Writing {
        /** Several times faster than a pattern. */
        private static final DateTimeFormatter MILLIS =
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    }

    /** @throws RuntimeException when {@code text} is no instant in any form */
    public static Instant parse(String text) {
        if (!isOurs(text)) {
            return Instant.parse(text);
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long seconds = TimeUnit.DAYS.toSeconds(day) + hour * 3600L + minute * 60L + second;
        return Instant.ofEpochMilli(seconds * 1000 + number(text, 20, 23));
    }

    private static boolean isOurs(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char expected = SEPARATORS.charAt(i);
            char c = text.charAt(i);
            if (expected == ' ' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
