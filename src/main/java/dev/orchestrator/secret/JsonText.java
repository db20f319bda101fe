package dev.orchestrator.secret;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What in a JSON text can be replaced so that it stays JSON: what is inside its strings, without cutting an escape, and
 * numbers that have a secret in them. Whether it is JSON is only told by its words; how they are put together is not looked
 * at.
 */
final class JsonText {
    private static final Ascii SPACE = Ascii.of(" \t\r\n");
    private static final Ascii BETWEEN = SPACE.and("{}[]:,");
    private static final Ascii BEGINNING = Ascii.of("{[\"");
    private static final Ascii NUMBER = Ascii.DIGITS.and("+-.eE");
    private static final Ascii HEX = Ascii.DIGITS.and("abcdefABCDEF");
    private static final Ascii SHORT_ESCAPES = Ascii.of("\"\\/bfnrt");
    private static final List<String> LITERALS = List.of("true", "false", "null");
    private static final int NOT_JSON = -1;

    private final String text;
    /** In order. */
    private final List<Span> replaceable = new ArrayList<>();

    private final BitSet insideEscape = new BitSet();

    private JsonText(String text) {
        this.text = text;
    }

    /** Empty when it is something else. One document, or several. */
    static Optional<JsonText> of(String text) {
        JsonText json = new JsonText(text);
        int at = SPACE.end(text, 0);
        if (!BEGINNING.isAt(text, at)) {
            return Optional.empty();
        }
        while (at >= 0 && at < text.length()) {
            at = BETWEEN.has(text.charAt(at)) ? at + 1 : json.readWord(at);
        }
        return at == NOT_JSON ? Optional.empty() : Optional.of(json);
    }

    /** Where the word ends. */
    private int readWord(int at) {
        if (text.charAt(at) == '"') {
            return readString(at + 1);
        }
        int end = NUMBER.end(text, at);
        if (end > at) {
            replaceable.add(new Span(at, end, true));
            return end;
        }
        return LITERALS.stream()
                .filter(literal -> text.startsWith(literal, at))
                .findAny()
                .map(literal -> at + literal.length())
                .orElse(NOT_JSON);
    }

    private int readString(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            int length = text.charAt(at) == '\\' ? escape(at) : 1;
            if (length == NOT_JSON || text.charAt(at) < ' ') {
                return NOT_JSON;
            }
            insideEscape.set(at + 1, at + length);
            at += length;
        }
        replaceable.add(new Span(from, at));
        return at < text.length() ? at + 1 : NOT_JSON;
    }

    private int escape(int at) {
        if (SHORT_ESCAPES.isAt(text, at + 1)) {
            return 2;
        }
        return text.startsWith("u", at + 1) && HEX.end(text, at + 2, 4) == at + 6 ? 6 : NOT_JSON;
    }

    /** What is to be replaced instead of {@code span}; nothing when it only looks like the secret but for an escape. */
    List<Span> within(Span span) {
        List<Span> result = new ArrayList<>();
        for (int i = firstEndingBehind(span.from()); i < replaceable.size(); i++) {
            Span whole = replaceable.get(i);
            if (whole.from() >= span.to()) {
                break;
            }
            if (whole.quoted() ? whole.contains(span) : isUncut(whole.common(span))) {
                result.add(whole.quoted() ? whole : whole.common(span));
            }
        }
        return result;
    }

    private boolean isUncut(Span part) {
        return part.from() < part.to() && !insideEscape.get(part.from()) && !insideEscape.get(part.to());
    }

    private int firstEndingBehind(int position) {
        int low = 0;
        int high = replaceable.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (replaceable.get(middle).to() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
