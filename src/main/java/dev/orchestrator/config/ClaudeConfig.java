package dev.orchestrator.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the Claude Code CLI is run. Paths are absolute and normalised, and need not exist.
 *
 * @param command a path or a name on {@code PATH}
 * @param baseDir where a task without {@code cwd} runs
 * @param allowedRoots the directories an agent may work in; never empty
 * @param passEnv names or globs of environment variables the agent gets beyond the built-in list
 * @param configDir {@code CLAUDE_CONFIG_DIR} of the agent; empty leaves the CLI's own
 * @param model empty leaves the CLI's own choice
 * @param maxTurns empty sets no limit
 * @param maxBudgetUsd empty sets no limit
 * @param timeout of one attempt in total
 * @param idleTimeout how long the agent may be silent
 * @param startupTimeout how long the agent may take to its first line of output
 * @param resultGrace how long the process may live after its result
 * @param stopGrace between asking the process to stop and killing it
 */
public record ClaudeConfig(
        String command,
        Path baseDir,
        List<Path> allowedRoots,
        List<String> passEnv,
        Optional<Path> configDir,
        Optional<String> model,
        Optional<Integer> maxTurns,
        Optional<BigDecimal> maxBudgetUsd,
        Duration timeout,
        Duration idleTimeout,
        Duration startupTimeout,
        Duration resultGrace,
        Duration stopGrace) {

    public ClaudeConfig {
        allowedRoots = List.copyOf(allowedRoots);
        passEnv = List.copyOf(passEnv);
    }

    static ClaudeConfig from(Values values, Home home) {
        Path baseDir = absolute(home, values.get(Settings.CLAUDE_BASE_DIR));
        return new ClaudeConfig(
                values.get(Settings.CLAUDE_COMMAND),
                baseDir,
                allowedRoots(home, values.get(Settings.CLAUDE_ALLOWED_ROOTS), baseDir),
                values.get(Settings.CLAUDE_PASS_ENV),
                values.get(Settings.CLAUDE_CONFIG_DIR).map(path -> absolute(home, path)),
                values.get(Settings.CLAUDE_MODEL),
                values.get(Settings.CLAUDE_MAX_TURNS),
                values.get(Settings.CLAUDE_MAX_BUDGET_USD),
                values.get(Settings.CLAUDE_TIMEOUT),
                values.get(Settings.CLAUDE_IDLE_TIMEOUT),
                values.get(Settings.CLAUDE_STARTUP_TIMEOUT),
                values.get(Settings.CLAUDE_RESULT_GRACE),
                values.get(Settings.CLAUDE_STOP_GRACE));
    }

    private static List<Path> allowedRoots(Home home, List<Path> given, Path baseDir) {
        return given.isEmpty()
                ? List.of(baseDir)
                : given.stream().map(path -> absolute(home, path)).distinct().toList();
    }

    /** Through text, because a home of another file system (tests have one) does not resolve our paths. */
    static Path absolute(Home home, Path path) {
        return home.root().resolve(path.toString()).toAbsolutePath().normalize();
    }
}
