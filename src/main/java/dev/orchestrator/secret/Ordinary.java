package dev.orchestrator.secret;

import java.util.regex.Pattern;

/**
 * Values that are not hidden even when the variable's name says that they are secret, because they turn up everywhere and
 * would leave a log full of holes:
 *
 * <ul>
 *   <li>fewer than 8 characters ({@code true}, {@code none})
 *   <li>nothing but digits, dots and colons, with fewer than 10 digits (a number, a version, {@code 127.0.0.1})
 *   <li>a word of at most 15 letters, perhaps with a capital or all in capitals ({@code localhost})
 *   <li>a path from the root ({@code /...}, {@code C:\...}) or an address ({@code scheme://...} without {@code @}, {@code ?},
 *       {@code #}) that has nothing {@linkplain Randomness random} in it
 * </ul>
 */
final class Ordinary {
    private static final int SHORT = 8;
    private static final Pattern NUMBER = Pattern.compile("[.:]*([0-9][.:]*){0,9}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][a-z]{0,14}|[A-Z]{1,15}");
    private static final Pattern PATH = Pattern.compile("/.*|[A-Za-z]:[\\\\/].*|[A-Za-z][A-Za-z0-9+.-]*://[^@?#]*");
    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    private Ordinary() {}

    static boolean isShort(String value) {
        return value.length() < SHORT;
    }

    static boolean is(String value) {
        return isShort(value)
                || NUMBER.matcher(value).matches()
                || WORD.matcher(value).matches()
                || isPath(value);
    }

    private static boolean isPath(String value) {
        return PATH.matcher(value).matches()
                && !Randomness.in(value)
                && SEPARATOR.splitAsStream(value).noneMatch(name -> !isShort(name) && Randomness.in(name));
    }
}
