package dev.orchestrator.intake.file;

import dev.orchestrator.secret.Cut;

/** Makes text from outside fit for one line of a message or a title. */
final class Visible {
    private static final int MAX_SHOWN = 80;

    private Visible() {}

    /** {@code text} in quotes, cut to 80 characters, with what a terminal would obey or hide written as an escape. */
    static String quote(String text) {
        StringBuilder shown = new StringBuilder("'");
        cut(text, MAX_SHOWN).codePoints().forEach(c -> append(shown, c));
        return shown.append('\'').toString();
    }

    /** One line: white space and whatever does not print become single spaces; cut to {@code max} characters. */
    static String line(String text, int max) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> line.appendCodePoint(isHidden(c) ? ' ' : c));
        return cut(line.toString().strip().replaceAll("\\s+", " "), max);
    }

    /** At most {@code max} characters, the last of which is then an ellipsis; never half a word, which may be half of a secret. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return Cut.beginning(text, max - 1).stripTrailing() + "…";
    }

    /** Control characters, line separators, half surrogate pairs, and what reverses the reading direction. */
    static boolean isHidden(int c) {
        return Character.isISOControl(c)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || Character.getType(c) == Character.SURROGATE;
    }

    private static void append(StringBuilder shown, int c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\t' -> shown.append("\\t");
            default -> {
                if (isHidden(c)) {
                    shown.append(String.format("\\u%04x", c));
                } else {
                    shown.appendCodePoint(c);
                }
            }
        }
    }
}
