package dev.orchestrator.guard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns for names of files. Pure. */
final class SearchPattern {
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[{!(]");
    private static final Pattern CLIMB = Pattern.compile("(^|[\\\\/{,(|])\\.\\.([\\\\/},)|]|$)");

    private SearchPattern() {}

    /**
     * The directory that every match of {@code pattern} lies in, as far as it is spelt out; may be empty text. Nothing when
     * matches may lie above it.
     */
    static Optional<String> beginning(String pattern) {
        Matcher special = SPECIAL.matcher(pattern);
        int end = special.find() ? special.start() : pattern.length();
        if (CLIMB.matcher(pattern.substring(end)).find()) {
            return Optional.empty();
        }
        if (end == pattern.length()) {
            return Optional.of(pattern);
        }
        int separator = Math.max(pattern.lastIndexOf('/', end - 1), pattern.lastIndexOf('\\', end - 1));
        return Optional.of(separator < 0 || end == 0 ? "" : pattern.substring(0, Math.max(separator, 1)));
    }
}
