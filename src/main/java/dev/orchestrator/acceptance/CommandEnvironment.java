package dev.orchestrator.acceptance;

import dev.orchestrator.secret.SecretNames;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a command sees of the daemon's environment: all that the user's builds may need, without secrets and without what is the
 * agent's, for what it runs was written by the agent. Pure.
 */
final class CommandEnvironment {
    /** Would have a shell read a file first, or go elsewhere. */
    private static final Set<String> NEVER = Set.of("BASH_ENV", "ENV", "CDPATH");

    private CommandEnvironment() {}

    /** @param passed what the user lets through by name, secret or not */
    static Map<String, String> of(Map<String, String> own, Predicate<String> passed) {
        Map<String, String> seen = new TreeMap<>();
        own.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            boolean agents = upper.startsWith("ANTHROPIC_") || upper.startsWith("CLAUDE");
            boolean harmless = !agents && !NEVER.contains(upper) && !SecretNames.include(name);
            if (harmless || passed.test(upper)) {
                seen.put(name, value);
            }
        });
        return seen;
    }
}
