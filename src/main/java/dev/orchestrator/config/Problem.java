package dev.orchestrator.config;

import java.util.Optional;

/**
 * Why the configuration cannot be used.
 *
 * @param setting the name that the problem is about, known or not; empty when a whole file is
 * @param value what the user wrote; empty when there is none, or when it may hold a secret
 * @param source where: {@code --workers}, {@code environment ORCHESTRATOR_WORKERS}, {@code .env line 3}
 * @param message what is wrong, in words that follow the value
 * @param remedy what to do, as a sentence
 */
public record Problem(Optional<String> setting, Optional<String> value, String source, String message, String remedy) {
    private static final int SHOWN = 100;

    static Problem of(Setting<?> setting, Given given, String message) {
        Optional<String> value = setting.isPrivate() ? Optional.empty() : Optional.of(shown(given.written()));
        return new Problem(
                Optional.of(setting.name()),
                value,
                given.source(),
                message,
                "Use " + setting.type().form() + ".");
    }

    static Problem ofName(String name, String source, String message, String remedy) {
        return new Problem(Optional.of(shown(name)), Optional.empty(), source, message, remedy);
    }

    static Problem ofFile(String source, String message, String remedy) {
        return new Problem(Optional.empty(), Optional.empty(), source, message, remedy);
    }

    Problem withRemedy(String other) {
        return new Problem(setting, value, source, message, other);
    }

    /** In one line: {@code .env line 3: workers "99" is above 64, the largest allowed value. Use ...} */
    @Override
    public String toString() {
        String subject = setting.map(name -> name + " ").orElse("")
                + value.map(text -> '"' + text + "\" ").orElse("");
        return source + ": " + subject + message + ". " + remedy;
    }

    /** Short, and without characters that a terminal would obey. */
    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain;
    }
}
