package dev.orchestrator.history;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Walks along bytes whose form is known, making no text of what is not kept: a short command has no time for more. Whatever is
 * not as expected is an {@link IllegalArgumentException}, or what {@code java.time} throws.
 */
final class Scan {
    private static final int MOST_DIGITS = 18;
    private static final byte[] TIME = "2026-11-22T14:25:01.000Z".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int end;
    private int at;
    /** The latest date, as it is written, and what day it is: most lines have the date of the line before. */
    private long date = -1;

    private long epochDay;

    /** @param bytes looked at from 0 to {@code end} */
    Scan(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    int at() {
        return at;
    }

    boolean sees(byte[] literal) {
        int to = at + literal.length;
        return to <= end && Arrays.equals(bytes, at, to, literal, 0, literal.length);
    }

    void expect(byte[] literal) {
        require(sees(literal));
        at += literal.length;
    }

    void expect(char single) {
        require(at < end && bytes[at] == single);
        at++;
    }

    /** What stands between {@code before}, which ends with a quotation mark, and the next such mark. */
    String text(byte[] before) {
        expect(before);
        int start = at;
        int to = start;
        while (to < end && bytes[to] != '"') {
            to++;
        }
        at = to;
        expect('"');
        return new String(bytes, start, to - start, StandardCharsets.UTF_8);
    }

    long number(byte[] before) {
        expect(before);
        boolean negative = at < end && bytes[at] == '-';
        at += negative ? 1 : 0;
        int start = at;
        long number = digits(0);
        require(at > start && at - start <= MOST_DIGITS);
        return negative ? -number : number;
    }

    private long digits(long before) {
        long number = before;
        int to = at;
        while (to < end && isDigit(bytes[to])) {
            number = number * 10 + (bytes[to] - '0');
            to++;
        }
        at = to;
        return number;
    }

    /** An amount without an exponent. */
    BigDecimal amount(byte[] before) {
        expect(before);
        int start = at;
        long unscaled = digits(0);
        int scale = 0;
        if (at < end && bytes[at] == '.') {
            int point = at++;
            unscaled = digits(unscaled);
            scale = at - point - 1;
        }
        return at - start <= MOST_DIGITS && at > start
                ? BigDecimal.valueOf(unscaled, scale)
                : new BigDecimal(new String(bytes, start, at - start, StandardCharsets.US_ASCII));
    }

    /** In the one form that our files have, without the quotation mark behind it. */
    Instant instant(byte[] before) {
        expect(before);
        int start = at;
        require(start + TIME.length <= end);
        for (int i = 0; i < TIME.length; i++) {
            byte found = bytes[start + i];
            require(isDigit(TIME[i]) ? isDigit(found) : found == TIME[i]);
        }
        at += TIME.length;
        long seconds = TimeUnit.DAYS.toSeconds(day(start)) + two(start + 11, 23) * 3600L + two(start + 14, 59) * 60L;
        long millis = two(start + 20, 99) * 10L + bytes[start + 22] - '0';
        return Instant.ofEpochMilli((seconds + two(start + 17, 59)) * 1000 + millis);
    }

    private long day(int start) {
        int year = two(start, 99) * 100 + two(start + 2, 99);
        int month = two(start + 5, 12);
        int dayOfMonth = two(start + 8, 31);
        long written = year * 10_000L + month * 100L + dayOfMonth;
        if (written != date) {
            epochDay = LocalDate.of(year, month, dayOfMonth).toEpochDay();
            date = written;
        }
        return epochDay;
    }

    private int two(int index, int most) {
        int number = (bytes[index] - '0') * 10 + bytes[index + 1] - '0';
        require(number <= most);
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("a line that is not of this form");
        }
    }
}
