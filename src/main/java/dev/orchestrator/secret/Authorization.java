package dev.orchestrator.secret;

import java.util.List;

/** The credentials in a header {@code Authorization: Bearer ...}, however header and value are quoted. */
final class Authorization implements Rule {
    private static final List<String> SCHEMES = List.of("Bearer ", "Basic ", "Token ", "ApiKey ");
    private static final Ascii CREDENTIALS = Ascii.BASE64.and("-._~");
    private static final int LEAST = 8;

    @Override
    public List<String> anchors() {
        return List.of("authorization");
    }

    @Override
    public Look look(String text, int from, int to) {
        AssignedValue value = AssignedValue.behind(text, to);
        int scheme = value.exists() ? behindScheme(text, value.from()) : value.from();
        if (scheme == value.from()) {
            return Look.NOTHING;
        }
        int start = Ascii.BLANK.end(text, scheme);
        boolean enough = CREDENTIALS.end(text, start, LEAST) == start + LEAST;
        return enough ? Look.secret(start, CREDENTIALS.end(text, start)) : Look.NOTHING;
    }

    private static int behindScheme(String text, int at) {
        for (String scheme : SCHEMES) {
            if (text.regionMatches(true, at, scheme, 0, scheme.length())) {
                return at + scheme.length();
            }
        }
        return at;
    }
}
