package dev.orchestrator.telegram;

import java.util.ArrayList;
import java.util.List;

/** Texts as Telegram takes them: at most 4096 characters a message. Pure. */
final class Parts {
    static final int LONGEST = 4_096;
    /** More messages than this would bury what was said before. */
    static final int MOST = 3;

    private Parts() {}

    /** Parts that are each short enough, cut between lines where that can be, and never between two halves of a character. */
    static List<String> of(String text, int longest) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (text.length() - at > longest) {
            int end = cut(text, at, at + longest);
            parts.add(text.substring(at, end));
            at = end;
        }
        if (at < text.length()) {
            parts.add(text.substring(at));
        }
        // Telegram takes none in which there is nothing.
        parts.removeIf(String::isBlank);
        return parts;
    }

    private static int cut(String text, int from, int to) {
        int line = text.lastIndexOf('\n', to - 1);
        if (line > from) {
            return line + 1;
        }
        return Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }

    /** For texts of fixed width, between tags. */
    static String fixed(String text) {
        return "<pre>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</pre>";
    }
}
