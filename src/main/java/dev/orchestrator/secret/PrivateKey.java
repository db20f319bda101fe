package dev.orchestrator.secret;

import java.util.List;

/**
 * A private key in PEM, from its {@code BEGIN} to its {@code END}, whatever the line breaks look like. Without an end (the
 * text was cut off) all the rest is hidden, up to the quote that ends the string, for no key has a quote in it.
 *
 * <p>A header that is only spoken of, so that nothing of a key follows, is left alone.
 */
final class PrivateKey implements Rule {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final String END = "-----END";
    private static final Ascii LABEL = Ascii.UPPER_AND_DIGITS.and(" ");
    private static final int LONGEST_LABEL = 60;
    /** Also the backslash of an escaped line break. */
    private static final Ascii BODY = Ascii.BASE64.and(" \t\r\n\\");

    @Override
    public List<String> anchors() {
        return List.of(BEGIN);
    }

    @Override
    public Look look(String text, int from, int to) {
        int label = LABEL.end(text, to, LONGEST_LABEL);
        int body = label + DASHES.length();
        boolean key = text.startsWith(BEGIN, from) && isPrivate(text, to, label) && text.startsWith(DASHES, label);
        return key && isBody(text, body) ? Look.secret(from, end(text, body)) : Look.NOTHING;
    }

    private static boolean isPrivate(String text, int from, int to) {
        String label = text.substring(from, to);
        return label.endsWith("PRIVATE KEY") || label.endsWith("PRIVATE KEY BLOCK");
    }

    private static boolean isBody(String text, int at) {
        return BODY.isAt(text, at) && !(text.charAt(at) == '\\' && text.startsWith("\"", at + 1));
    }

    /** In one pass over what is hidden, for there may be many keys. */
    private static int end(String text, int body) {
        int at = body;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '-' && text.startsWith(END, at)) {
                return behind(text, at + END.length());
            }
            at++;
        }
        return at == text.length() ? at : withoutEscapes(text, at);
    }

    private static int behind(String text, int label) {
        int end = LABEL.end(text, label, LONGEST_LABEL);
        return text.startsWith(DASHES, end) ? end + DASHES.length() : end;
    }

    private static int withoutEscapes(String text, int quote) {
        int end = quote;
        while (text.charAt(end - 1) == '\\') {
            end--;
        }
        return end;
    }
}
