package dev.orchestrator.secret;

import java.util.List;

/** Forty characters that have no shape of their own, so only behind their name. */
final class AwsSecretKey implements Rule {
    private static final int LENGTH = 40;

    @Override
    public List<String> anchors() {
        return List.of("secret_access_key", "secret-access-key", "secretaccesskey");
    }

    @Override
    public Look look(String text, int from, int to) {
        AssignedValue value = AssignedValue.behind(text, to);
        int end = value.from() + LENGTH;
        return value.exists() && Ascii.BASE64.end(text, value.from(), LENGTH + 1) == end
                ? Look.secret(value.from(), end)
                : Look.NOTHING;
    }
}
