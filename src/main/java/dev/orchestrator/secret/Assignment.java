package dev.orchestrator.secret;

import java.util.List;

/**
 * A value behind a name that says it is secret. It must look {@linkplain Randomness random} and be long, so that code and
 * prose stay readable: {@code token = request.getToken()}. Only here hashes and UUIDs are hidden, for many a secret is one.
 */
final class Assignment implements Rule {
    private static final List<String> NAMES = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "auth",
            "authorization",
            "credential",
            "credentials",
            "apikey",
            "api_key",
            "api-key",
            "accesskey",
            "access_key",
            "access-key",
            "privatekey",
            "private_key",
            "private-key",
            "secretkey",
            "secret_key",
            "secret-key",
            "sessionkey",
            "session_key",
            "session-key");
    private static final int LEAST = 16;
    /** How much is looked at to tell whether it is random. */
    private static final int SAMPLE = 256;

    @Override
    public List<String> anchors() {
        return NAMES;
    }

    @Override
    public Look look(String text, int from, int to) {
        AssignedValue value = AssignedValue.behind(text, to);
        return value.exists() && isSecret(text, value)
                ? Look.secret(value.from(), value.end(text, Integer.MAX_VALUE))
                : Look.NOTHING;
    }

    /** What begins with {@code $} names a variable. */
    private static boolean isSecret(String text, AssignedValue value) {
        int end = value.end(text, SAMPLE);
        return end - value.from() >= LEAST
                && text.charAt(value.from()) != '$'
                && Randomness.in(text, value.from(), end);
    }
}
