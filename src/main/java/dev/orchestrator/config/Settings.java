package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.amount;
import static dev.orchestrator.config.ValueTypes.choice;
import static dev.orchestrator.config.ValueTypes.duration;
import static dev.orchestrator.config.ValueTypes.durationOrZero;
import static dev.orchestrator.config.ValueTypes.fileNames;
import static dev.orchestrator.config.ValueTypes.level;
import static dev.orchestrator.config.ValueTypes.path;
import static dev.orchestrator.config.ValueTypes.paths;
import static dev.orchestrator.config.ValueTypes.size;
import static dev.orchestrator.config.ValueTypes.text;
import static dev.orchestrator.config.ValueTypes.variableGlobs;
import static dev.orchestrator.config.ValueTypes.wholeNumber;
import static dev.orchestrator.config.ValueTypes.yesOrNo;

import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.sandbox.SandboxMode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * The one table of settings. {@link Config}, the variables, the checks and {@code docs/CONFIGURATION.md} are made from it;
 * whoever adds a row adds the component of {@link Config} that carries it.
 */
final class Settings {
    private static final List<Setting<?>> ROWS = new ArrayList<>();
    private static final int MOST_RUNS = 100_000_000;

    static final Setting<Integer> WORKERS = row(
            "workers",
            wholeNumber(1, 64),
            3,
            "How many tasks run at the same time.",
            Alias.same("MAX_CONCURRENT_TASKS"));

    static final Setting<Integer> RETRIES = row(
            "retries",
            wholeNumber(0, 10),
            2,
            "Further attempts after the first, for failures that another attempt can cure; a task file may say otherwise.");

    static final Setting<String> CLAUDE_COMMAND = row(
            "claude.command", text(), "claude", "The Claude Code CLI: a path, or a name that is looked up in `PATH`.");

    static final Setting<Path> CLAUDE_BASE_DIR = row(
            "claude.base_dir",
            path(),
            Path.of("."),
            "Where a task without `cwd` runs, and what a relative `cwd` starts from.",
            Alias.same("CLAUDE_BASE_CWD"));

    static final Setting<List<Path>> CLAUDE_ALLOWED_ROOTS = row(
            "claude.allowed_roots",
            paths(),
            List.of(),
            "The directories an agent may work in; without any, `claude.base_dir` alone.",
            Alias.same("CLAUDE_ALLOWED_ROOT"));

    static final Setting<List<String>> CLAUDE_PASS_ENV = row(
            "claude.pass_env",
            variableGlobs(),
            List.of(),
            "Environment variables that the agent gets beyond the built-in list.");

    static final Setting<Optional<Path>> CLAUDE_CONFIG_DIR = row(
            "claude.config_dir",
            path().optional(),
            Optional.empty(),
            "The agent's `CLAUDE_CONFIG_DIR`; without one, the CLI's own.");

    static final Setting<Optional<String>> CLAUDE_MODEL = row(
            "claude.model",
            text().optional(),
            Optional.empty(),
            "The model for tasks that name none; without one, the CLI's own choice.");

    static final Setting<Optional<Integer>> CLAUDE_MAX_TURNS = row(
            "claude.max_turns",
            wholeNumber(1, 100_000).optional(),
            Optional.empty(),
            "The most turns the agent may take in one run; without one, no limit.",
            Alias.zeroIsNone("CLAUDE_MAX_TURNS"));

    static final Setting<Optional<BigDecimal>> CLAUDE_MAX_BUDGET_USD = row(
            "claude.max_budget_usd",
            amount().optional(),
            Optional.empty(),
            "The most that one run may cost, in US dollars; without one, no limit.");

    static final Setting<Duration> CLAUDE_TIMEOUT = row(
            "claude.timeout",
            duration(),
            Duration.ofHours(2),
            "How long one attempt may take in total.",
            Alias.seconds("CLAUDE_TIMEOUT_SEC"));

    static final Setting<Duration> CLAUDE_IDLE_TIMEOUT = row(
            "claude.idle_timeout",
            duration(),
            Duration.ofMinutes(15),
            "How long the agent may be silent, or print while no tool comes back and no file changes.");

    static final Setting<Duration> CLAUDE_STARTUP_TIMEOUT = row(
            "claude.startup_timeout",
            duration(),
            Duration.ofMinutes(2),
            "How long the agent may take to its first line of output.");

    static final Setting<Duration> CLAUDE_RESULT_GRACE = row(
            "claude.result_grace",
            durationOrZero(),
            Duration.ofSeconds(10),
            "How long the agent's process may live on after it gave its result.");

    static final Setting<Duration> CLAUDE_STOP_GRACE = row(
            "claude.stop_grace",
            durationOrZero(),
            Duration.ofSeconds(10),
            "How long the agent's process has to stop when asked, before it is killed.");

    static final Setting<OnViolation> GUARD_ON_VIOLATION = row(
            "guard.on_violation",
            choice(OnViolation.class),
            OnViolation.RECORD,
            "What becomes of a run that reached beyond its bounds, which is refused in any case: it goes on and the artifact"
                    + " says what it tried, or its task fails in the end, or it is stopped at once.");

    static final Setting<List<String>> GUARD_SECRETS = row(
            "guard.secrets",
            fileNames(),
            List.of(),
            "Names of files and directories that no agent may read or change, beyond the built-in ones such as `.env`,"
                    + " `*.pem` and `.ssh`.");

    static final Setting<List<String>> GUARD_READABLE = row(
            "guard.readable",
            fileNames(),
            List.of(),
            "Built-in names of secrets that are none here, as they stand in the list, such as `*.pem`.");

    static final Setting<Boolean> GUARD_GUARDED_WRITE = row(
            "guard.guarded_write",
            yesOrNo(),
            false,
            "Whether all tasks work in a copy, and what they change waits for `approve`; a task file can ask for it too"
                    + " (`guarded`).",
            Alias.same("GUARDED_WRITE"));

    static final Setting<Duration> GUARD_APPROVAL_EXPIRES = row(
            "guard.approval_expires",
            durationOrZero(),
            Duration.ofDays(7),
            "How long a change waits for `approve` before it is rejected; with 0s, for ever.");

    static final Setting<Long> GUARD_STAGED_SIZE = row(
            "guard.staged_size",
            size(Sizes.MB, 1024 * Sizes.GB),
            2 * Sizes.GB,
            "The largest directory that is copied for a guarded task.");

    static final Setting<SandboxMode> GUARD_SANDBOX = row(
            "guard.sandbox",
            choice(SandboxMode.class),
            SandboxMode.AUTO,
            "Whether agents run in a sandbox (bubblewrap, on Linux): where it works, or always, so that nothing is started"
                    + " without one, or never.");

    static final Setting<List<Path>> GUARD_SANDBOX_WRITABLE = row(
            "guard.sandbox_writable",
            paths(),
            List.of(),
            "What an agent's commands may change in the sandbox besides the task's directory, such as the caches of build"
                    + " tools; shows what would be hidden when it is named itself.");

    static final Setting<List<Path>> GUARD_SENTINELS = row(
            "guard.sentinels",
            paths(),
            List.of(),
            "Files and directories that no task should change: looked at before and after each turn, and told as a violation"
                    + " when they differ.");

    static final Setting<Duration> INTAKE_DEBOUNCE = row(
            "intake.debounce", duration(), Duration.ofMillis(250), "How long a task file must rest before it is read.");

    static final Setting<Duration> INTAKE_SCAN_INTERVAL = row(
            "intake.scan_interval",
            duration(),
            Duration.ofSeconds(5),
            "How often the whole of `tasks/` is looked through, for files the system did not announce.");

    static final Setting<Long> INTAKE_MAX_FILE_SIZE =
            row("intake.max_file_size", size(1, 10 * Sizes.MB), Sizes.MB, "The largest task file that is accepted.");

    static final Setting<Integer> INTAKE_MAX_QUEUED = row(
            "intake.max_queued",
            wholeNumber(1, 1_000_000),
            10_000,
            "How many accepted tasks may wait; further files stay in `tasks/` until there is room.");

    static final Setting<Long> JOURNAL_SEGMENT_SIZE = row(
            "journal.segment_size",
            size(4 * Sizes.KB, Sizes.GB),
            16 * Sizes.MB,
            "The size at which the journal starts a new segment.");

    static final Setting<LimitsConfig.Resume> LIMITS_RESUME = row(
            "limits.resume",
            choice(LimitsConfig.Resume.class),
            LimitsConfig.Resume.AUTO,
            "What happens when a spent usage window begins anew: work goes on, or you are told and say `resume`, or"
                    + " nothing until you do.");

    static final Setting<Duration> LIMITS_OUTAGE = row(
            "limits.outage",
            durationOrZero(),
            LimitsConfig.USUAL_OUTAGE,
            "How long a task waits for a network or an API that gives no answer at all, trying now and then at no cost and"
                    + " without using attempts up, before it fails; with 0s that is a failure like any other.");

    static final Setting<Optional<BigDecimal>> LIMITS_USD_PER_TASK = row(
            "limits.usd_per_task",
            amount().optional(),
            Optional.empty(),
            "The most that all runs of one task together may cost, in US dollars; without one, no limit.");

    static final Setting<Optional<BigDecimal>> LIMITS_USD_PER_DAY = row(
            "limits.usd_per_day",
            amount().optional(),
            Optional.empty(),
            "The most that all runs of one day (UTC) may cost; runs at the same time share what is left, and nothing is started beyond it until the next day.");

    static final Setting<Optional<BigDecimal>> LIMITS_USD_TOTAL = row(
            "limits.usd_total",
            amount().optional(),
            Optional.empty(),
            "The most that all runs ever may cost; nothing is started beyond it until it is raised.");

    static final Setting<Optional<Integer>> LIMITS_RUNS_PER_TASK = row(
            "limits.runs_per_task",
            wholeNumber(1, MOST_RUNS).optional(),
            Optional.empty(),
            "How often the agent may be started for one task, not counting starts that failed for what is in everybody's way; without one, no limit.");

    static final Setting<Optional<Integer>> LIMITS_RUNS_PER_DAY = row(
            "limits.runs_per_day",
            wholeNumber(1, MOST_RUNS).optional(),
            Optional.empty(),
            "How often the agent may be started on one day (UTC).");

    static final Setting<Optional<Integer>> LIMITS_RUNS_TOTAL = row(
            "limits.runs_total",
            wholeNumber(1, MOST_RUNS).optional(),
            Optional.empty(),
            "How often the agent may be started ever; raise it to go on.");

    static final Setting<Long> DISK_MIN_FREE = row(
            "disk.min_free",
            size(0, 1024 * Sizes.GB),
            100 * Sizes.MB,
            "How much room there must be on the home's disk for a task to be started.");

    static final Setting<ShutdownConfig.Mode> SHUTDOWN_MODE = row(
            "shutdown.mode",
            choice(ShutdownConfig.Mode.class),
            ShutdownConfig.Mode.LEAVE,
            "What becomes of runs when the daemon is asked to stop: it waits for them, or after the grace leaves them"
                    + " running for the next daemon, or stops them.");

    static final Setting<Duration> SHUTDOWN_GRACE = row(
            "shutdown.grace",
            durationOrZero(),
            Duration.ofSeconds(30),
            "How long running tasks have to finish when the daemon is asked to stop and does not wait for them.");

    static final Setting<Level> LOG_LEVEL =
            row("log.level", level(), Level.INFO, "The least level that is written to `logs/orchestrator.log`.");

    static final SettingsTable TABLE = new SettingsTable(ROWS);

    private Settings() {}

    private static <T> Setting<T> row(
            String name, ValueType<T> type, T defaultValue, String meaning, Alias... aliases) {
        Setting<T> setting = new Setting<>(name, type, defaultValue, meaning, List.of(aliases));
        ROWS.add(setting);
        return setting;
    }
}
