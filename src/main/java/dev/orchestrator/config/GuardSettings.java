package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.choice;
import static dev.orchestrator.config.ValueTypes.durationOrZero;
import static dev.orchestrator.config.ValueTypes.fileNames;
import static dev.orchestrator.config.ValueTypes.paths;
import static dev.orchestrator.config.ValueTypes.size;
import static dev.orchestrator.config.ValueTypes.yesOrNo;

import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.sandbox.SandboxMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What agents may not touch; rows of {@link Settings}. */
final class GuardSettings {
    private static final Rows ROWS = new Rows();

    static final Setting<OnViolation> GUARD_ON_VIOLATION = ROWS.row(
            "guard.on_violation",
            choice(OnViolation.class),
            OnViolation.RECORD,
            "What becomes of a run that reached beyond its bounds, which is refused in any case: it goes on and the artifact"
                    + " says what it tried, or its task fails in the end, or it is stopped at once.");

    static final Setting<List<String>> GUARD_SECRETS = ROWS.row(
            "guard.secrets",
            fileNames(),
            List.of(),
            "Names of files and directories that no agent may read or change, beyond the built-in ones such as `.env`,"
                    + " `*.pem` and `.ssh`.");

    static final Setting<List<String>> GUARD_READABLE = ROWS.row(
            "guard.readable",
            fileNames(),
            List.of(),
            "Built-in names of secrets that are none here, as they stand in the list, such as `*.pem`.");

    static final Setting<Boolean> GUARD_GUARDED_WRITE = ROWS.row(
            "guard.guarded_write",
            yesOrNo(),
            false,
            "Whether all tasks work in a copy, and what they change waits for `approve`; a task file can ask for it too"
                    + " (`guarded`).",
            Alias.same("GUARDED_WRITE"));

    static final Setting<Duration> GUARD_APPROVAL_EXPIRES = ROWS.row(
            "guard.approval_expires",
            durationOrZero(),
            Duration.ofDays(7),
            "How long a change waits for `approve` before it is rejected; with 0s, for ever.");

    static final Setting<Long> GUARD_STAGED_SIZE = ROWS.row(
            "guard.staged_size",
            size(Sizes.MB, 1024 * Sizes.GB),
            2 * Sizes.GB,
            "The largest directory that is copied for a guarded task.");

    static final Setting<SandboxMode> GUARD_SANDBOX = ROWS.row(
            "guard.sandbox",
            choice(SandboxMode.class),
            SandboxMode.AUTO,
            "Whether agents run in a sandbox (bubblewrap, on Linux): where it works, or always, so that nothing is started"
                    + " without one, or never.");

    static final Setting<List<Path>> GUARD_SANDBOX_WRITABLE = ROWS.row(
            "guard.sandbox_writable",
            paths(),
            List.of(),
            "What an agent's commands may change in the sandbox besides the task's directory, such as the caches of build"
                    + " tools; shows what would be hidden when it is named itself.");

    static final Setting<List<Path>> GUARD_SENTINELS = ROWS.row(
            "guard.sentinels",
            paths(),
            List.of(),
            "Files and directories that no task should change: looked at before and after each turn, and told as a violation"
                    + " when they differ.");

    private GuardSettings() {}

    static List<Setting<?>> rows() {
        return ROWS.all();
    }
}
