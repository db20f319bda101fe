package dev.orchestrator.config;

import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.sandbox.SandboxMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What agents may not touch, and what becomes of one that tries.
 *
 * @param secrets names of files and directories beyond the built-in ones; {@code *} stands for any text
 * @param readable built-in ones that are no secrets here
 * @param guardedWrite whether all tasks are guarded
 * @param approvalExpires how long a change waits for a person; zero for ever
 * @param stagedSize bytes that the copy for a guarded task may have
 * @param sandboxWritable what may be changed in a sandbox besides the task's directory; absolute
 * @param sentinels what no task should change and is looked at before and after each; absolute
 */
public record GuardConfig(
        List<String> secrets,
        List<String> readable,
        OnViolation onViolation,
        boolean guardedWrite,
        Duration approvalExpires,
        long stagedSize,
        SandboxMode sandbox,
        List<Path> sandboxWritable,
        List<Path> sentinels) {
    public GuardConfig {
        secrets = List.copyOf(secrets);
        readable = List.copyOf(readable);
        sandboxWritable = List.copyOf(sandboxWritable);
    }

    static GuardConfig from(Values values, Home home) {
        return new GuardConfig(
                values.get(GuardSettings.GUARD_SECRETS),
                values.get(GuardSettings.GUARD_READABLE),
                values.get(GuardSettings.GUARD_ON_VIOLATION),
                values.get(GuardSettings.GUARD_GUARDED_WRITE),
                values.get(GuardSettings.GUARD_APPROVAL_EXPIRES),
                values.get(GuardSettings.GUARD_STAGED_SIZE),
                values.get(GuardSettings.GUARD_SANDBOX),
                values.get(GuardSettings.GUARD_SANDBOX_WRITABLE).stream()
                        .map(path -> ClaudeConfig.absolute(home, path))
                        .toList(),
                values.get(GuardSettings.GUARD_SENTINELS).stream()
                        .map(path -> ClaudeConfig.absolute(home, path))
                        .toList());
    }
}
