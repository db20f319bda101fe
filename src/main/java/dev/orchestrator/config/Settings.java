package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.amount;
import static dev.orchestrator.config.ValueTypes.choice;
import static dev.orchestrator.config.ValueTypes.duration;
import static dev.orchestrator.config.ValueTypes.durationOrZero;
import static dev.orchestrator.config.ValueTypes.level;
import static dev.orchestrator.config.ValueTypes.path;
import static dev.orchestrator.config.ValueTypes.paths;
import static dev.orchestrator.config.ValueTypes.size;
import static dev.orchestrator.config.ValueTypes.text;
import static dev.orchestrator.config.ValueTypes.variableGlobs;
import static dev.orchestrator.config.ValueTypes.wholeNumber;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/**
 * The one table of settings, with those that belong to no larger group; {@link GuardSettings}, {@link LimitsSettings}, {@link
 * OllamaSettings}, {@link NoticeSettings} and {@link AgentsSettings} have the others. {@link Config}, the variables, the checks and {@code docs/CONFIGURATION.md} are made from it;
 * whoever adds a row adds the component of {@link Config} that carries it, and a test that it has an effect.
 */
final class Settings {
    private static final Rows ROWS = new Rows();

    static final Setting<Integer> WORKERS = ROWS.row(
            "workers",
            wholeNumber(1, 64),
            3,
            "How many tasks run at the same time.",
            Alias.same("MAX_CONCURRENT_TASKS"));

    static final Setting<Integer> RETRIES = ROWS.row(
            "retries",
            wholeNumber(0, 10),
            2,
            "Further attempts after the first, for failures that another attempt can cure; a task file may say otherwise.");

    static final Setting<Integer> CONTEXT_TOKENS = ROWS.row(
            "context_tokens",
            wholeNumber(0, 100_000),
            3_000,
            "How much an agent is told at most of what was done before it, in tokens as far as they can be estimated: by tasks"
                    + " that its task follows, and in earlier turns.");

    static final Setting<Integer> ANSWERS = ROWS.row(
            "answers",
            wholeNumber(0, 10),
            2,
            "How many questions of an agent are answered in one turn from the task's own text and the rules of the run, before"
                    + " it waits for a person; with 0, each waits.");

    static final Setting<String> AGENT = ROWS.row(
            "agent",
            text(),
            AgentsSettings.BUILT_IN,
            "Who does a task that names no agent: `claude`, or one of `agents`.");

    static final Setting<String> CLAUDE_COMMAND = ROWS.row(
            "claude.command", text(), "claude", "The Claude Code CLI: a path, or a name that is looked up in `PATH`.");

    static final Setting<Path> CLAUDE_BASE_DIR = ROWS.row(
            "claude.base_dir",
            path(),
            Path.of("."),
            "Where a task without `cwd` runs, and what a relative `cwd` starts from.",
            Alias.same("CLAUDE_BASE_CWD"));

    static final Setting<List<Path>> CLAUDE_ALLOWED_ROOTS = ROWS.row(
            "claude.allowed_roots",
            paths(),
            List.of(),
            "The directories an agent may work in; without any, `claude.base_dir` alone.",
            Alias.same("CLAUDE_ALLOWED_ROOT"));

    static final Setting<List<String>> CLAUDE_PASS_ENV = ROWS.row(
            "claude.pass_env",
            variableGlobs(),
            List.of(),
            "Environment variables that the agent gets beyond the built-in list.");

    static final Setting<Optional<Path>> CLAUDE_CONFIG_DIR = ROWS.row(
            "claude.config_dir",
            path().optional(),
            Optional.empty(),
            "The agent's `CLAUDE_CONFIG_DIR`; without one, the CLI's own.");

    static final Setting<Optional<String>> CLAUDE_MODEL = ROWS.row(
            "claude.model",
            text().optional(),
            Optional.empty(),
            "The model for tasks that name none; without one, the CLI's own choice.");

    static final Setting<Optional<Integer>> CLAUDE_MAX_TURNS = ROWS.row(
            "claude.max_turns",
            wholeNumber(1, 100_000).optional(),
            Optional.empty(),
            "The most turns the agent may take in one run; without one, no limit.",
            Alias.zeroIsNone("CLAUDE_MAX_TURNS"));

    static final Setting<Optional<BigDecimal>> CLAUDE_MAX_BUDGET_USD = ROWS.row(
            "claude.max_budget_usd",
            amount().optional(),
            Optional.empty(),
            "The most that one run may cost, in US dollars; without one, no limit.");

    static final Setting<Duration> CLAUDE_TIMEOUT = ROWS.row(
            "claude.timeout",
            duration(),
            Duration.ofHours(2),
            "How long one attempt may take in total.",
            Alias.seconds("CLAUDE_TIMEOUT_SEC"));

    static final Setting<Duration> CLAUDE_IDLE_TIMEOUT = ROWS.row(
            "claude.idle_timeout",
            duration(),
            Duration.ofMinutes(15),
            "How long the agent may be silent, or print while no tool comes back and no file changes.");

    static final Setting<Duration> CLAUDE_STARTUP_TIMEOUT = ROWS.row(
            "claude.startup_timeout",
            duration(),
            Duration.ofMinutes(2),
            "How long the agent may take to its first line of output.");

    static final Setting<Duration> CLAUDE_RESULT_GRACE = ROWS.row(
            "claude.result_grace",
            durationOrZero(),
            Duration.ofSeconds(10),
            "How long the agent's process may live on after it gave its result.");

    static final Setting<Duration> CLAUDE_STOP_GRACE = ROWS.row(
            "claude.stop_grace",
            durationOrZero(),
            Duration.ofSeconds(10),
            "How long the agent's process has to stop when asked, before it is killed.");

    static final Setting<Duration> INTAKE_DEBOUNCE = ROWS.row(
            "intake.debounce", duration(), Duration.ofMillis(250), "How long a task file must rest before it is read.");

    static final Setting<Duration> INTAKE_SCAN_INTERVAL = ROWS.row(
            "intake.scan_interval",
            duration(),
            Duration.ofSeconds(5),
            "How often the whole of `tasks/` is looked through, for files the system did not announce.");

    static final Setting<Long> INTAKE_MAX_FILE_SIZE = ROWS.row(
            "intake.max_file_size", size(1, 10 * Sizes.MB), Sizes.MB, "The largest task file that is accepted.");

    static final Setting<Integer> INTAKE_MAX_QUEUED = ROWS.row(
            "intake.max_queued",
            wholeNumber(1, 1_000_000),
            10_000,
            "How many accepted tasks may wait; further files stay in `tasks/` until there is room.");

    static final Setting<Long> JOURNAL_SEGMENT_SIZE = ROWS.row(
            "journal.segment_size",
            size(4 * Sizes.KB, Sizes.GB),
            16 * Sizes.MB,
            "The size at which the journal starts a new segment.");

    static final Setting<Duration> ACCEPTANCE_TIMEOUT = ROWS.row(
            "acceptance.timeout",
            duration(),
            Duration.ofMinutes(10),
            "How long one acceptance command may take, for a task that does not say.");

    static final Setting<Integer> ACCEPTANCE_ROUNDS = ROWS.row(
            "acceptance.rounds",
            wholeNumber(0, 20),
            3,
            "How often an agent is told of acceptance commands that did not pass, and works on; a task file may say otherwise.");

    static final Setting<Long> DISK_MIN_FREE = ROWS.row(
            "disk.min_free",
            size(0, 1024 * Sizes.GB),
            100 * Sizes.MB,
            "How much room there must be on the home's disk for a task to be started.");

    static final Setting<Optional<Duration>> RETENTION_TASKS = ROWS.row(
            "retention.tasks",
            duration().optional(),
            Optional.empty(),
            "How long task files that were done or rejected are kept; without one, for ever.");

    static final Setting<Optional<Duration>> RETENTION_ARTIFACTS = ROWS.row(
            "retention.artifacts",
            duration().optional(),
            Optional.empty(),
            "How long artifacts, patches and summaries are kept after the end of their task; without one, for ever.");

    static final Setting<Optional<Duration>> RETENTION_RUNS = ROWS.row(
            "retention.runs",
            duration().optional(),
            Optional.empty(),
            "How long the records of runs are kept after the end of their task; without one, for ever.");

    static final Setting<Optional<Duration>> RETENTION_JOURNAL = ROWS.row(
            "retention.journal",
            duration().optional(),
            Optional.empty(),
            "How long closed segments of the journal are kept that nothing needs any more; without one, for ever.");

    static final Setting<ShutdownConfig.Mode> SHUTDOWN_MODE = ROWS.row(
            "shutdown.mode",
            choice(ShutdownConfig.Mode.class),
            ShutdownConfig.Mode.LEAVE,
            "What becomes of runs when the daemon is asked to stop: it waits for them, or after the grace leaves them"
                    + " running for the next daemon, or stops them.");

    static final Setting<Duration> SHUTDOWN_GRACE = ROWS.row(
            "shutdown.grace",
            durationOrZero(),
            Duration.ofSeconds(30),
            "How long running tasks have to finish when the daemon is asked to stop and does not wait for them.");

    static final Setting<Level> LOG_LEVEL =
            ROWS.row("log.level", level(), Level.INFO, "The least level that is written to `logs/orchestrator.log`.");

    static final SettingsTable TABLE = new SettingsTable(
            Stream.of(
                            ROWS.all(),
                            GuardSettings.rows(),
                            LimitsSettings.rows(),
                            OllamaSettings.rows(),
                            NoticeSettings.rows())
                    .flatMap(List::stream)
                    .toList(),
            AgentsSettings.GROUP);

    private Settings() {}
}
