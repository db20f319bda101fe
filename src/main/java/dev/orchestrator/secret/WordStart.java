package dev.orchestrator.secret;

import java.util.regex.Pattern;

/** Whether a word begins at a place: no letter, digit, {@code -} or {@code _} is before it, but for one that ends an escape. */
final class WordStart {
    /** {@code \n} and <code>\&#117;001b</code> of JSON, {@code %3D} of a URL, {@code [31m} of a colored terminal. */
    private static final Pattern ESCAPE =
            Pattern.compile("(\\\\[nrtbf]|\\\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2}|\\[[0-9;]{0,9}m)$");

    private static final int LONGEST = 12;

    private WordStart() {}

    static boolean isAt(String text, int at) {
        return !Ascii.TOKEN.isAt(text, at - 1)
                || ESCAPE.matcher(text.substring(Math.max(0, at - LONGEST), at)).find();
    }
}
