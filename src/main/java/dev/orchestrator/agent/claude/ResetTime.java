package dev.orchestrator.agent.claude;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads from the text of a usage limit when its window begins anew. Pure. The texts, over the versions:
 *
 * <pre>
 * You've hit your 5-hour limit · resets 9:54am (Europe/Oslo)         resets 3:45pm   resets 3pm UTC
 * You've hit your weekly limit · resets Nov 26, 7:54am (UTC)         resets Mon 12:00am
 * You've hit your Opus limit · resets Jan 2, 2027, 12:05pm (UTC)
 * Claude usage limit reached. Your limit will reset at 9am (America/Chicago).
 * Claude AI usage limit reached|1766502000
 * </pre>
 */
final class ResetTime {
    private static final Pattern SECONDS =
            Pattern.compile("limit reached\\|(\\d{10})(?!\\d)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORDS = Pattern.compile(
            "\\bresets?(?: at| on)? "
                    + "(?:(?<day>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? (?:at )?"
                    + "|(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} (?<date>\\d{1,2})(?:, (?<year>\\d{4}))?,? (?:at )?)?"
                    + "(?<hour>\\d{1,2})(?::(?<minute>\\d{2}))? ?(?<half>[ap]m)?(?![\\w:])"
                    + "(?: \\((?<zone>[\\w+/:-]{1,64})\\)| (?<bare>[a-z]\\w*(?:[+/:-]\\w+)*))?",
            Pattern.CASE_INSENSITIVE);

    /** Spaces that do not break, which some locales write before the half of the day. */
    private static final Pattern UNBREAKABLE = Pattern.compile("[\u00a0\u202f]");

    /** The texts name no seconds: a moment lies anywhere in its minute. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Enough for a 29th of February, also around a year like 2100. */
    private static final int MOST_YEARS = 9;

    private ResetTime() {}

    /**
     * The next moment after {@code now} that the text can mean; with a number of seconds, or a year, that
     * moment, whenever it is.
     *
     * @param here for a text that names no zone, or one that is not known
     */
    static Optional<Instant> of(String text, Instant now, ZoneId here) {
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.find()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds.group(1))));
        }
        Matcher words = WORDS.matcher(UNBREAKABLE.matcher(text).replaceAll(" "));
        try {
            return words.find() ? next(words, now.atZone(zone(words, here))) : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> next(Matcher words, ZonedDateTime now) {
        Optional<LocalTime> time = time(words);
        if (time.isEmpty()) {
            return Optional.empty();
        }
        LocalDate today = now.toLocalDate();
        if (words.group("day") != null) {
            DayOfWeek day = DayOfWeek.of(1 + place("montuewedthufrisatsun", words.group("day")));
            LocalDate first = today.with(TemporalAdjusters.nextOrSame(day));
            return first(first::plusWeeks, time.get(), now);
        }
        if (words.group("month") != null) {
            return onDate(words, time.get(), now);
        }
        return first(today::plusDays, time.get(), now);
    }

    private static Optional<Instant> onDate(Matcher words, LocalTime time, ZonedDateTime now) {
        Month month = Month.of(1 + place("janfebmaraprmayjunjulaugsepoctnovdec", words.group("month")));
        MonthDay date = MonthDay.of(month, Integer.parseInt(words.group("date")));
        if (words.group("year") != null) {
            LocalDate exact = LocalDate.of(Integer.parseInt(words.group("year")), month, date.getDayOfMonth());
            return Optional.of(exact.atTime(time).atZone(now.getZone()).toInstant());
        }
        return IntStream.rangeClosed(now.getYear(), now.getYear() + MOST_YEARS)
                .filter(date::isValidYear)
                .mapToObj(date::atYear)
                .flatMap(day -> toCome(day, time, now).stream())
                .findFirst();
    }

    /** On this date or, when the time is over there, on the next. */
    private static Optional<Instant> first(LongFunction<LocalDate> dates, LocalTime time, ZonedDateTime now) {
        return toCome(dates.apply(0), time, now).or(() -> toCome(dates.apply(1), time, now));
    }

    /** In the hour that a clock shows twice it may be the second; one that is left out comes an hour later. */
    private static Optional<Instant> toCome(LocalDate date, LocalTime time, ZonedDateTime now) {
        ZonedDateTime moment = date.atTime(time).atZone(now.getZone());
        return after(moment.withEarlierOffsetAtOverlap().toInstant(), now.toInstant())
                .or(() -> after(moment.withLaterOffsetAtOverlap().toInstant(), now.toInstant()));
    }

    private static Optional<Instant> after(Instant moment, Instant now) {
        if (moment.isAfter(now)) {
            return Optional.of(moment);
        }
        Instant end = moment.plus(MINUTE);
        return end.isAfter(now) ? Optional.of(end) : Optional.empty();
    }

    private static Optional<LocalTime> time(Matcher words) {
        int hour = Integer.parseInt(words.group("hour"));
        int minute = words.group("minute") == null ? 0 : Integer.parseInt(words.group("minute"));
        String half = words.group("half");
        if (half == null) {
            // A bare number is no time of day.
            return words.group("minute") == null ? Optional.empty() : Optional.of(LocalTime.of(hour, minute));
        }
        if (hour < 1 || hour > 12) {
            return Optional.empty();
        }
        return Optional.of(LocalTime.of(hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0), minute));
    }

    private static int place(String names, String name) {
        return names.indexOf(name.toLowerCase(Locale.ROOT)) / 3;
    }

    private static ZoneId zone(Matcher words, ZoneId here) {
        String name = words.group("zone") == null ? words.group("bare") : words.group("zone");
        try {
            return name == null ? here : ZoneId.of(name);
        } catch (DateTimeException e) {
            return here;
        }
    }
}
