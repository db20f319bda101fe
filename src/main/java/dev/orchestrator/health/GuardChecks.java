package dev.orchestrator.health;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.ClaudeProgram;
import dev.orchestrator.agent.claude.GuardTrial;
import dev.orchestrator.config.ClaudeConfig;
import dev.orchestrator.files.Trees;
import dev.orchestrator.guard.hook.GuardServer;
import dev.orchestrator.process.Programs;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whether an agent is kept within bounds: tried with the program itself, not guessed from its version. */
final class GuardChecks {
    /** Shorter than the doctor's own limit. */
    private static final Duration RUN = Duration.ofSeconds(9);

    private static final String REMEDY = "claude update, then run `doctor` again. Run no tasks until this is well.";

    private final ClaudeConfig config;
    private final Map<String, String> environment;
    private final TimeSource time;

    private GuardChecks(ClaudeConfig config, Map<String, String> environment, TimeSource time) {
        this.config = config;
        this.environment = environment;
        this.time = time;
    }

    static List<Check> all(Settings settings, Map<String, String> environment, TimeSource time) {
        return List.of(
                check(
                        settings,
                        "asks",
                        config -> new GuardChecks(config.claude(), environment, time)
                                .tried(GuardTrial::asked, "asked before each call; what is outside was refused")),
                check(
                        settings,
                        "without an answer",
                        config -> new GuardChecks(config.claude(), environment, time)
                                .tried(GuardTrial::unanswered, "with nobody to ask nothing more is open")));
    }

    private static Check check(Settings settings, String name, Settings.Question tried) {
        return new Check("guard", name, settings.ifValid(tried));
    }

    private interface Trial {
        Optional<String> in(GuardTrial trial, Path directory) throws IOException, InterruptedException;
    }

    private CheckResult tried(Trial trial, String good) throws IOException, InterruptedException {
        if (new ClaudeProgram(new Programs(environment, File.separatorChar == '\\')).find(config.command())
                instanceof ClaudeProgram.Search.Missing) {
            return CheckResult.warn("not tried, because the program was not found", "See the check of the program.");
        }
        ClaudeOptions options = new ClaudeOptions(config.command(), List.of(), config.passEnv(), null);
        Path directory = Files.createTempDirectory("orchestrator-doctor");
        try (GuardServer server =
                new GuardServer(() -> UUID.randomUUID().toString(), Runnable::run, Redactor.SHAPES_ONLY, time)) {
            return trial.in(new GuardTrial(options, environment, server, RUN, time), directory)
                    .map(problem -> CheckResult.fail(problem, REMEDY))
                    .orElseGet(() -> CheckResult.ok(good));
        } finally {
            Trees.delete(directory);
        }
    }
}
