package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.KnownSecrets;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.RealClaude;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.testkit.ScriptedApi;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/** A home, task files in it, and {@code run --once} in this process with the real CLI. */
final class OrchestratorRun {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    final Home home;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> environment;
    private List<JsonNode> journal = List.of();

    /** @param directory for everything, real and empty */
    OrchestratorRun(Path directory, ScriptedApi api) throws IOException {
        this.home = new Home(directory.resolve("home"));
        Files.createDirectories(home.tasks());
        Path config = Files.createDirectories(directory.resolve("config"));
        this.environment = new HashMap<>(RealClaude.environment(config, api));
        settings.put("claude.command", RealClaude.require().toString());
        settings.put("intake.debounce", "20ms");
        settings.put("workers", "4");
    }

    OrchestratorRun set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    OrchestratorRun variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** A task called {@code id} with these lines of front matter. */
    void drop(String id, String text, String... frontMatter) throws IOException {
        List<String> head = new ArrayList<>(List.of("id: " + id));
        head.addAll(List.of(frontMatter));
        file(id, "---\n" + String.join("\n", head) + "\n---\n" + text + "\n");
    }

    /** A task file with this content. */
    void file(String stem, String content) throws IOException {
        Files.writeString(home.tasks().resolve(stem + ".task.md"), content);
    }

    /** A command for the next daemon, as a person gives it while none runs. */
    void command(String command, String id, String text) throws IOException {
        Files.createDirectories(home.control());
        Files.writeString(
                home.control().resolve(command + "-" + id + ".json"),
                JSON.createObjectNode()
                        .put("schema_version", 1)
                        .put("command", command)
                        .put("task_id", id)
                        .put("text", text)
                        .put("by", "test")
                        .toString());
    }

    /** Runs what was dropped to its end and holds the home against all that is promised about it. */
    DaemonRunner.Result.Stopped once() throws IOException, InterruptedException {
        DaemonRunner.Request request =
                new DaemonRunner.Request(home, settings, environment, true, Optional.empty(), true);
        DaemonRunner.Result result = new LocalDaemon().run(request, new Silent());
        assertThat(result).isInstanceOf(DaemonRunner.Result.Stopped.class);
        DaemonRunner.Result.Stopped stopped = (DaemonRunner.Result.Stopped) result;
        journal = SchemaCheck.files(home);
        // A turn about which a person decides is published when it waits, and once more when it is over; so is each
        // turn.
        boolean once =
                events("approval_requested").isEmpty() && events("turn_started").isEmpty();
        if (stopped.unfinished() == 0 && once) {
            SchemaCheck.of(home.root());
        }
        return stopped;
    }

    /** Runs a daemon until {@code then}, and a tool has been used, then closes it and leaves the run behind. */
    void leaveBehind(Callable<Boolean> then) throws IOException {
        home.prepare();
        ConfigOutcome.Loaded config = (ConfigOutcome.Loaded) ConfigLoader.load(home, settings(), environment());
        try (Orchestrator daemon = daemon(config)) {
            daemon.start();
            Await.until(LONG, then);
            awaitInJournal("\"tool_used\"");
        }
    }

    Orchestrator daemon(ConfigOutcome.Loaded config) throws IOException {
        return new Orchestrator(
                home,
                config::config,
                () -> new ClaudeOptions(settings().get("claude.command"), List.of(), List.of(), null),
                new ProcessRunner(),
                environment(),
                KnownSecrets.redactor(home, settings(), environment()),
                "test",
                new Random(1),
                TimeSource.system());
    }

    /** Runs a daemon until the journal has {@code text} in it. */
    void untilInJournal(String text) throws IOException {
        ConfigOutcome.Loaded config = (ConfigOutcome.Loaded) ConfigLoader.load(home, settings(), environment());
        try (Orchestrator daemon = daemon(config)) {
            daemon.start();
            awaitInJournal(text);
        }
    }

    /** Returns when the journal, as it is on disk, has {@code text} in it. */
    void awaitInJournal(String text) {
        Await.until(
                LONG,
                () -> Files.exists(home.journal())
                        && Files.readString(home.journal()).contains(text));
    }

    JsonNode artifact(String id) throws IOException {
        return JSON.readTree(Files.readString(home.artifact(new TaskId(id))));
    }

    List<JsonNode> events(String id, String name) {
        return SchemaCheck.events(journal, id, name);
    }

    /** Those of all tasks and of none. */
    List<JsonNode> events(String name) {
        return journal.stream()
                .filter(line -> line.path("event").asText().equals(name))
                .toList();
    }

    private static final class Silent implements DaemonRunner.Listener {
        @Override
        public void note(String text) {}

        @Override
        public void ready() {}
    }
}
