package dev.orchestrator.health;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.ClaudeProbe;
import dev.orchestrator.agent.claude.ClaudeProgram;
import dev.orchestrator.config.ClaudeConfig;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Checks of the Claude Code CLI, with the settings and the environment that a run would have. */
final class ClaudeChecks {
    /** Shorter than the doctor's own limit, so that a program that hangs is ended and named. */
    private static final Duration ANSWER = Duration.ofSeconds(8);

    private static final String INSTALL =
            "npm install -g @anthropic-ai/claude-code, or name the program in the setting `claude.command`.";

    private final ClaudeProbe probe;

    private ClaudeChecks(ClaudeConfig config, Map<String, String> environment, Home home) {
        ClaudeOptions options = new ClaudeOptions(
                config.command(),
                List.of(),
                config.passEnv(),
                config.configDir().orElse(null));
        Path directory =
                Files.isDirectory(home.root()) ? home.root() : Path.of("").toAbsolutePath();
        this.probe = new ClaudeProbe(options, environment, directory, ANSWER);
    }

    static List<Check> all(Settings settings, Map<String, String> environment, Home home) {
        Function<Config, ClaudeChecks> checks = config -> new ClaudeChecks(config.claude(), environment, home);
        return List.of(
                new Check(
                        "claude",
                        "program",
                        settings.ifValid(config -> checks.apply(config).program())),
                new Check(
                        "claude",
                        "version",
                        settings.ifValid(config -> checks.apply(config).version())),
                new Check(
                        "claude",
                        "login",
                        settings.ifValid(config -> checks.apply(config).login())));
    }

    private CheckResult program() {
        ClaudeProgram.Search search = probe.program();
        return search instanceof ClaudeProgram.Search.Found found
                ? CheckResult.ok(found.program().toString())
                : CheckResult.fail(((ClaudeProgram.Search.Missing) search).problem(), INSTALL);
    }

    private CheckResult version() throws InterruptedException {
        if (isMissing()) {
            return notAsked();
        }
        ClaudeProbe.Version answer = probe.version();
        if (answer instanceof ClaudeProbe.Version.Unknown unknown) {
            return CheckResult.fail(unknown.problem(), INSTALL);
        }
        ClaudeProbe.Version.Known known = (ClaudeProbe.Version.Known) answer;
        return known.supported()
                ? CheckResult.ok(known.version())
                : CheckResult.fail(
                        known.version() + " is older than " + ClaudeProbe.OLDEST_VERSION,
                        "claude update, or npm install -g @anthropic-ai/claude-code.");
    }

    private CheckResult login() throws InterruptedException {
        if (isMissing()) {
            return notAsked();
        }
        ClaudeProbe.Login answer = probe.login();
        if (answer instanceof ClaudeProbe.Login.LoggedIn in) {
            return CheckResult.ok("by " + in.method() + " (not verified against the API)");
        }
        String remedy = "claude auth login, or set ANTHROPIC_API_KEY where the daemon is started.";
        return answer instanceof ClaudeProbe.Login.Unknown unknown
                ? CheckResult.fail(unknown.problem(), remedy)
                : CheckResult.fail("not logged in", remedy);
    }

    private boolean isMissing() {
        return probe.program() instanceof ClaudeProgram.Search.Missing;
    }

    private static CheckResult notAsked() {
        return CheckResult.warn("not asked, because the program was not found", INSTALL);
    }
}
