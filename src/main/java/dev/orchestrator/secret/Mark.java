package dev.orchestrator.secret;

/** What stands where a secret was. It has no shape of a secret, and nothing that would need escaping anywhere. */
final class Mark {
    static final String TEXT = "[redacted]";

    private Mark() {}

    /** Whether the mark is all there is from {@code from} to {@code to}. */
    static boolean is(String text, int from, int to) {
        return to - from == TEXT.length() && text.startsWith(TEXT, from);
    }

    /** Whether some mark is, at least in part, between {@code from} and {@code to}. */
    static boolean overlaps(String text, int from, int to) {
        int at = Math.max(0, from - TEXT.length() + 1);
        while (at < to && !text.startsWith(TEXT, at)) {
            at++;
        }
        return at < to;
    }
}
