package dev.orchestrator.secret;

import java.util.ArrayList;
import java.util.List;

/** The password in {@code scheme://user:password@host}, and nothing else of it; the user may be missing. */
final class UrlPassword implements Rule {
    private static final String ANCHOR = "://";
    /** What ends the part of a URL that names the host. */
    private static final Ascii OUTSIDE =
            Ascii.range('\0', ' ').and("/?#\\\"'`<>").and(String.valueOf('\u007f'));

    @Override
    public List<String> anchors() {
        return List.of(ANCHOR);
    }

    @Override
    public Look look(String text, int from, int to) {
        if (!Ascii.LETTERS_AND_DIGITS.isAt(text, from - 1)) {
            return Look.NOTHING;
        }
        int colon = -1;
        int sign = -1;
        for (int at = to; at < text.length() && !OUTSIDE.has(text.charAt(at)); at++) {
            char c = text.charAt(at);
            colon = c == ':' && colon < 0 ? at : colon;
            // The last one: a password may have some, a host has none.
            sign = c == '@' ? at : sign;
        }
        boolean password = colon >= 0 && sign > colon + 1 && !Mark.is(text, colon + 1, sign);
        return password ? Look.secret(colon + 1, sign) : Look.NOTHING;
    }

    static List<String> in(String text) {
        UrlPassword rule = new UrlPassword();
        List<String> passwords = new ArrayList<>();
        for (int at = text.indexOf(ANCHOR); at >= 0; at = text.indexOf(ANCHOR, at + 1)) {
            Look look = rule.look(text, at, at + ANCHOR.length());
            if (look.found()) {
                passwords.add(text.substring(look.from(), look.to()));
            }
        }
        return passwords;
    }
}
