package dev.orchestrator.cli;

import dev.orchestrator.task.Hold;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Turns values into text for a terminal. Without formatters and patterns, which short commands would have to load. */
final class Shown {
    private Shown() {}

    /** {@code 2026-11-22 14:25:01}, in UTC. */
    static String time(Instant at) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
        return utc.getYear() + "-" + two(utc.getMonthValue()) + "-" + two(utc.getDayOfMonth()) + " "
                + two(utc.getHour()) + ":" + two(utc.getMinute()) + ":" + two(utc.getSecond());
    }

    /** {@code 0.4 s}, {@code 41 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
    static String duration(long millis) {
        long seconds = millis / 1000;
        if (seconds < 10) {
            return seconds + "." + millis % 1000 / 100 + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + two(seconds % 60) + " s"
                : seconds / 3600 + " h " + two(seconds / 60 % 60) + " min";
    }

    /** In one line of at most {@code most} characters, without characters that a terminal would obey. */
    static String line(String text, int most) {
        return cut(text.replace('\n', ' ').replace('\t', ' ').strip(), most);
    }

    /** Like {@link #line}, keeping the spaces in front. */
    static String cut(String text, int most) {
        String plain = safe(text);
        return plain.length() <= most ? plain : plain.substring(0, most - 3) + "...";
    }

    /** {@code text} without characters that a terminal would obey; line breaks and tabs stay. */
    static String safe(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
            plain.append(control || isInvisible(c) ? '?' : c);
        }
        return plain.toString();
    }

    /**
     * Like {@link #safe}, also without characters that show nothing at all. They are a part of some scripts and emoji, so only
     * what is to be seen to the last character is shown like this.
     */
    static String seen(String text) {
        StringBuilder all = new StringBuilder(text.length());
        safe(text).codePoints().map(c -> showsNothing(c) ? '?' : c).forEach(all::appendCodePoint);
        return all.toString();
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** Marks that reorder what follows them can make a text look like another one. */
    private static boolean isInvisible(char c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }

    /** Spaces without width, marks of direction, tags, variation selectors, fillers and breaks of lines. */
    private static boolean showsNothing(int c) {
        return Character.getType(c) == Character.FORMAT
                || (c >= 0xfe00 && c <= 0xfe0f)
                || (c >= 0xe0000 && c <= 0xe0fff)
                || (c >= 0x180b && c <= 0x180f)
                || "\u034f\u115f\u1160\u17b4\u17b5\u2028\u2029\u2065\u3164\uffa0".indexOf(c) >= 0;
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** One line about what is in the way of starting tasks. */
    static String hold(Hold hold) {
        String model = hold.model() == null ? "" : " with a model called " + hold.model();
        String message = hold.message().endsWith(".") ? hold.message() : hold.message() + ".";
        String since = " Since " + time(hold.since()) + " UTC.";
        return safe("No task" + model + " is started: " + message + " " + hold.remedy() + since);
    }
}
