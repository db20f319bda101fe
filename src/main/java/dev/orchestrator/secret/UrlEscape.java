package dev.orchestrator.secret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A way to encode a text for a URL.
 *
 * @param kept what is not encoded, besides letters and digits
 * @param space what becomes of a space
 * @param lower whether hexadecimal digits are lower case
 */
record UrlEscape(String kept, String space, boolean lower) {
    private static final String OF_FORMS = "-_.*";
    private static final String OF_RFC_3986 = "-_.~";
    /** Where a path is meant, its slashes stay. */
    private static final String OF_PATHS = "-_.~/";

    private static final String OF_BROWSERS = "-_.~!*'()";

    static final List<UrlEscape> ALL = List.of(
            new UrlEscape(OF_FORMS, "+", false),
            new UrlEscape(OF_FORMS, "+", true),
            new UrlEscape(OF_RFC_3986, "%20", false),
            new UrlEscape(OF_RFC_3986, "%20", true),
            new UrlEscape(OF_PATHS, "%20", false),
            new UrlEscape(OF_PATHS, "%20", true),
            new UrlEscape(OF_BROWSERS, "%20", false),
            new UrlEscape(OF_BROWSERS, "%20", true));

    String of(String value) {
        StringBuilder result = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            result.append(escaped((char) (b & 0xFF)));
        }
        return result.toString();
    }

    private String escaped(char c) {
        if (Ascii.LETTERS_AND_DIGITS.has(c) || kept.indexOf(c) >= 0) {
            return String.valueOf(c);
        }
        HexFormat digits = lower ? HexFormat.of() : HexFormat.of().withUpperCase();
        return c == ' ' ? space : "%" + digits.toHexDigits((byte) c);
    }
}
