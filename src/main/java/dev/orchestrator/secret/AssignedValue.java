package dev.orchestrator.secret;

/**
 * Where the value is in {@code name=value}, {@code name: value}, {@code "name": "value"}, {@code \"name\": \"value\"} and the
 * like; nothing of this may be in another line.
 *
 * @param quoted whether it is in quotes that have no backslash before them, as in code or JSON
 */
record AssignedValue(int from, boolean quoted) {
    private static final AssignedValue NONE = new AssignedValue(-1, false);
    private static final Ascii QUOTES = Ascii.of("\"'`\\");
    private static final Ascii SIGNS = Ascii.of(":=");
    private static final Ascii SIGN_ENDS = Ascii.of("=>");
    private static final int MOST_QUOTES = 4;
    private static final int MOST_BLANKS = 8;

    private static final Ascii CONTROL = Ascii.range('\0', ' ').and(String.valueOf('\u007f'));
    private static final Ascii PRINTABLE = Ascii.range('!', '~');
    /** Not what ends an argument, an element, a parameter or a tag around it. */
    private static final Ascii UNQUOTED = PRINTABLE.without("\"'`\\,;&<>(){}[]|");

    /** @param name where the name ends */
    static AssignedValue behind(String text, int name) {
        int sign = Ascii.BLANK.end(text, QUOTES.end(text, name, MOST_QUOTES), MOST_BLANKS);
        if (!SIGNS.isAt(text, sign)) {
            return NONE;
        }
        int opening = Ascii.BLANK.end(text, SIGN_ENDS.end(text, sign + 1, 1), MOST_BLANKS);
        int from = QUOTES.end(text, opening, MOST_QUOTES);
        return new AssignedValue(from, from == opening + 1 && text.charAt(opening) != '\\');
    }

    boolean exists() {
        return from >= 0;
    }

    int end(String text, int most) {
        int limit = (int) Math.min(text.length(), (long) from + most);
        return quoted ? endOfQuoted(text, limit) : UNQUOTED.end(text, from, limit - from);
    }

    /** Up to the quote that it began with; an escaped one is part of it. */
    private int endOfQuoted(String text, int limit) {
        char quote = text.charAt(from - 1);
        int at = from;
        while (at < limit && text.charAt(at) != quote && !CONTROL.has(text.charAt(at))) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, limit);
    }
}
