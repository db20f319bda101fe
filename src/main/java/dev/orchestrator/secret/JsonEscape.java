package dev.orchestrator.secret;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A way to write the content of a JSON string. Writers agree on what has a short escape, and differ in the rest.
 *
 * @param escaped what is escaped though it need not be
 * @param slash whether {@code /} is
 * @param lower whether hexadecimal digits are lower case
 */
record JsonEscape(Beyond escaped, boolean slash, boolean lower) {
    enum Beyond {
        NOTHING,
        /** What takes two characters, such as emoji: so Jackson writes bytes. */
        PAIRS,
        ALL_BUT_ASCII
    }

    static final List<JsonEscape> ALL = all();

    private static List<JsonEscape> all() {
        List<JsonEscape> all = new ArrayList<>();
        for (Beyond escaped : Beyond.values()) {
            for (boolean slash : new boolean[] {false, true}) {
                all.add(new JsonEscape(escaped, slash, false));
                all.add(new JsonEscape(escaped, slash, true));
            }
        }
        return List.copyOf(all);
    }

    String of(String value) {
        StringBuilder result = new StringBuilder(value.length());
        value.chars().forEach(c -> append(result, (char) c));
        return result.toString();
    }

    private void append(StringBuilder result, char c) {
        switch (c) {
            case '"' -> result.append("\\\"");
            case '\\' -> result.append("\\\\");
            case '\n' -> result.append("\\n");
            case '\r' -> result.append("\\r");
            case '\t' -> result.append("\\t");
            case '\b' -> result.append("\\b");
            case '\f' -> result.append("\\f");
            case '/' -> result.append(slash ? "\\/" : "/");
            default -> result.append(isEscaped(c) ? unicode(c) : String.valueOf(c));
        }
    }

    private boolean isEscaped(char c) {
        return c < ' '
                || switch (escaped) {
                    case NOTHING -> false;
                    case PAIRS -> Character.isSurrogate(c);
                    case ALL_BUT_ASCII -> c > '~';
                };
    }

    private String unicode(char c) {
        HexFormat digits = lower ? HexFormat.of() : HexFormat.of().withUpperCase();
        return "\\u" + digits.toHexDigits(c);
    }
}
