package dev.orchestrator;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.HomeLeftovers;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A daemon in this process, from its start until it has nothing left to do, with a shell script for an agent. */
final class DaemonLife {
    static final Duration LONG = Duration.ofSeconds(20);

    private final Path agent;
    private final Map<String, String> settings;
    private final TimeSource time;

    /**
     * @param agent the program
     * @param directory where it works
     */
    DaemonLife(Path agent, Path directory, TimeSource time) {
        this.agent = agent;
        this.time = time;
        this.settings = settings(directory);
    }

    /** Of a daemon that waits for nothing; {@code directory} is where its agents work. */
    static Map<String, String> settings(Path directory) {
        return Map.of(
                "claude.base_dir", directory.toString(),
                "claude.timeout", "365d",
                "claude.stop_grace", "200ms",
                "intake.debounce", "1ms",
                "intake.scan_interval", "50ms",
                "journal.segment_size", "4KB",
                "workers", "2");
    }

    /**
     * @param arguments of the agent, before all others
     * @throws IOException when the daemon could not start, or not end in good order
     */
    void live(Home home, List<String> arguments) throws IOException {
        live(home, arguments, new ProcessRunner());
    }

    /** @param processes where the agent is started */
    void live(Home home, List<String> arguments, ProcessRunner processes) throws IOException {
        home.prepare();
        Config config = config(home);
        try (Orchestrator orchestrator = new Orchestrator(
                home,
                () -> config,
                () -> new ClaudeOptions(agent.toString(), arguments, List.of(), null),
                processes,
                Map.of(),
                Redactor.SHAPES_ONLY,
                "test",
                new Random(1),
                time)) {
            List<TaskView> active = orchestrator.snapshot().active();
            new HomeLeftovers(home).sweep(active.stream().map(TaskView::id).toList(), time.now());
            orchestrator.start();
            Await.until(
                    LONG,
                    () -> orchestrator.isIdle() && orchestrator.filesNotTaken().isEmpty());
            orchestrator.stopsBecauseOf(StopReason.DRAINED);
        }
    }

    private Config config(Home home) throws IOException {
        ConfigOutcome outcome = ConfigLoader.load(home, settings, Map.of());
        if (outcome instanceof ConfigOutcome.Invalid invalid) {
            throw new IOException(invalid.toString());
        }
        return ((ConfigOutcome.Loaded) outcome).config();
    }
}
