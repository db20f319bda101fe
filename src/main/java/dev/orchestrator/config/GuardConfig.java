package dev.orchestrator.config;

import dev.orchestrator.guard.OnViolation;
import java.util.List;

/**
 * What agents may not touch, and what becomes of one that tries.
 *
 * @param secrets names of files and directories beyond the built-in ones; {@code *} stands for any text
 * @param readable built-in ones that are no secrets here
 */
public record GuardConfig(List<String> secrets, List<String> readable, OnViolation onViolation) {
    public GuardConfig {
        secrets = List.copyOf(secrets);
        readable = List.copyOf(readable);
    }

    static GuardConfig from(Values values) {
        return new GuardConfig(
                values.get(Settings.GUARD_SECRETS),
                values.get(Settings.GUARD_READABLE),
                values.get(Settings.GUARD_ON_VIOLATION));
    }
}
