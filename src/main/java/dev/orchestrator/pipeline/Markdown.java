package dev.orchestrator.pipeline;

import dev.orchestrator.secret.Cut;

/**
 * Puts foreign text into a Markdown document so that it stays text: it makes no heading, no list, no tag and no end of what
 * stands around it, and holds nothing that a terminal would obey. Pure.
 */
final class Markdown {
    private static final int LONGEST_LINE = 500;
    private static final int SHORTEST_FENCE = 3;

    private Markdown() {}

    /** One line, cut when it is very long; for running text. */
    static String line(String text) {
        String line = oneLine(text);
        StringBuilder escaped = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            escaped.append("\\`<[".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return escaped.toString();
    }

    /** One line as code, for names. */
    static String code(String text) {
        String line = oneLine(text);
        String mark = "`".repeat(longestRun(line) + 1);
        String gap = line.startsWith("`") || line.endsWith("`") || line.isEmpty() ? " " : "";
        return mark + gap + line + gap + mark;
    }

    /** Several lines, each as it is, between fences that do not occur in it. */
    static String block(String text) {
        String plain = harmless(text, true).strip();
        String fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(plain) + 1));
        return fence + "text\n" + plain + "\n" + fence + "\n";
    }

    /** At most {@code most} characters, and how many are missing; never half a surrogate pair. */
    static String capped(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String kept = Cut.beginning(text, most);
        return kept + "\n[... " + (text.length() - kept.length()) + " more characters in the transcript]";
    }

    private static String oneLine(String text) {
        String line = harmless(text.strip().replaceAll("\\s+", " "), false);
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        return Cut.beginning(line, LONGEST_LINE) + "…";
    }

    private static String harmless(String text, boolean withLines) {
        StringBuilder plain = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .codePoints()
                .forEach(c -> plain.appendCodePoint(isObeyed(c) && !(withLines && (c == '\n' || c == '\t')) ? '?' : c));
        return plain.toString();
    }

    /** Control characters, other line separators, half surrogate pairs, and what reverses the reading direction. */
    private static boolean isObeyed(int c) {
        return Character.isISOControl(c)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || Character.getType(c) == Character.SURROGATE;
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
