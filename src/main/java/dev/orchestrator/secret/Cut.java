package dev.orchestrator.secret;

/** Cuts texts where a word ends: what is left of half a secret is one still, and nobody can know it for one. */
public final class Cut {
    private static final Ascii BETWEEN = Ascii.range('\0', ' ').and("\"'`");

    private Cut() {}

    /** At most the first {@code most} characters; all of them only when there is nothing between words in it. */
    public static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most;
        while (end > 0 && !BETWEEN.isAt(text, end) && !BETWEEN.isAt(text, end - 1)) {
            end--;
        }
        if (end > 0) {
            return text.substring(0, end);
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** {@code text}, which may begin in the middle of a word, without that one; all of it when it has no other. */
    public static String wholeWords(String text) {
        int at = 0;
        while (at < text.length() && !BETWEEN.isAt(text, at)) {
            at++;
        }
        return at < text.length() ? text.substring(at + 1) : text;
    }
}
