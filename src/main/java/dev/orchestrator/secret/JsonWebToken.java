package dev.orchestrator.secret;

import java.util.List;

/** Three parts in base64url, of which the first is a JSON object and so begins with {@code eyJ}; five when encrypted. */
final class JsonWebToken implements Rule {
    private static final int LEAST_HEADER = 10;
    private static final int LEAST_CLAIMS = 2;
    private static final int LEAST_REST = 10;
    private static final int LEAST_PARTS = 3;
    private static final int MOST_PARTS = 5;

    @Override
    public List<String> anchors() {
        return List.of("eyJ");
    }

    /** When it is none, no other begins within the first part, for what is behind that would be the same. */
    @Override
    public Look look(String text, int from, int to) {
        if (!text.startsWith("eyJ", from)) {
            return Look.NOTHING;
        }
        int header = Ascii.TOKEN.end(text, to);
        if (header - from < LEAST_HEADER) {
            return Look.nothingBefore(header);
        }
        int end = header;
        int parts = 1;
        while (parts < MOST_PARTS && isPart(text, end, parts)) {
            end = Ascii.TOKEN.end(text, end + 1);
            parts++;
        }
        return parts < LEAST_PARTS ? Look.nothingBefore(header) : Look.secret(from, end);
    }

    private static boolean isPart(String text, int dot, int parts) {
        int least = parts == 1 ? LEAST_CLAIMS : LEAST_REST;
        return text.startsWith(".", dot) && Ascii.TOKEN.end(text, dot + 1, least) == dot + 1 + least;
    }
}
