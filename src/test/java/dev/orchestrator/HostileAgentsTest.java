package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.HostileAgent;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A home whose agents do what no agent should, in one go and across restarts of the daemon. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: the agent looks into /proc and uses setsid")
class HostileAgentsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long MOST_OUTPUT = 256 << 20;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private Path directory;
    private Home home;
    private @Nullable Orchestrator daemon;

    @BeforeEach
    void home(@TempDir Path temp) throws IOException {
        directory = temp.toRealPath();
        home = new Home(directory.resolve("home"));
        home.prepare();
        settings.put("claude.command", HostileAgent.in(directory).toString());
        settings.put("claude.startup_timeout", "4s");
        settings.put("claude.idle_timeout", "4s");
        settings.put("claude.result_grace", "1s");
        settings.put("claude.stop_grace", "1s");
        settings.put("intake.debounce", "20ms");
        settings.put("shutdown.grace", "0s");
        settings.put("workers", "3");
    }

    @AfterEach
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        HostileAgent.killAllIn(directory);
    }

    /** In a sandbox not even what has lost its mark, its session and its parent is left. */
    @ParameterizedTest
    @ValueSource(strings = {"require", "off"})
    void whatever_an_agent_does_its_task_ends_once_under_its_proper_name_and_nothing_is_left(String sandbox)
            throws Exception {
        settings.put("guard.sandbox", sandbox);
        Map<String, String> expected = expected();
        if (sandbox.equals("require")) {
            RealSandbox.require();
            expected.put("unmarked-daemon", "none");
        }
        for (String mode : expected.keySet()) {
            drop(mode);
        }
        start();
        Await.until(
                Duration.ofMinutes(3),
                () -> expected.keySet().stream().allMatch(mode -> Files.exists(home.artifact(new TaskId(mode)))));
        close();
        Map<String, String> categories = new LinkedHashMap<>();
        List<String> table = new ArrayList<>(List.of("mode | category | seconds | processes left"));
        for (String mode : expected.keySet()) {
            JsonNode artifact = artifact(mode);
            categories.put(mode, artifact.at("/error/category").asText("none"));
            int left = HostileAgent.processesIn(home.root().resolve(mode)).size();
            double seconds = artifact.path("duration_ms").asLong() / 1000.0;
            table.add(String.format(Locale.ROOT, "%s | %s | %.1f | %d", mode, categories.get(mode), seconds, left));
        }
        System.out.println(String.join("\n", table));

        assertThat(categories).isEqualTo(expected);
        assertThat(HostileAgent.processesIn(directory)).isEmpty();
        SchemaCheck.of(home.root());
    }

    @ParameterizedTest
    @CsvSource({"hang,timeout_idle", "ignore-term,timeout_idle", "noise,timeout_idle", "waits-then-floods,"})
    void a_bad_agent_that_outlives_its_daemon_is_dealt_with_by_the_next(String mode, @Nullable String category)
            throws Exception {
        drop(mode);
        start();
        awaitRun(mode);
        close();
        assertThat(HostileAgent.processesIn(directory)).as("it was left").isNotEmpty();

        start();
        Await.until(LONG, () -> events(mode, "run_started").size() == 2);
        letGo();

        assertThat(artifact(mode).at("/error/category").asText("")).isEqualTo(category == null ? "" : category);
        close();
        assertThat(events(mode, "run_started").get(1).path("adopted").asBoolean())
                .isTrue();
        assertThat(events(mode, "attempt_started")).hasSize(1);
        assertThat(HostileAgent.processesIn(directory)).isEmpty();
        SchemaCheck.of(home.root());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_a_run_left_behind_is_ended_before_its_next_attempt_begins(boolean killed) throws Exception {
        String mode = "waits-then-leaves";
        // It leaves a note outside of its directory.
        settings.put("guard.sandbox", "off");
        drop(mode);
        if (killed) {
            Process other = process();
            awaitRun(mode);
            other.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        } else {
            start();
            awaitRun(mode);
            close();
        }
        letGo();
        long agent = events(mode, "run_started").get(0).path("pid").asLong();
        Await.until(
                LONG,
                () -> ProcessHandle.of(agent).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(HostileAgent.processesIn(directory))
                .as("it has left something")
                .isNotEmpty();

        start();

        assertThat(artifact(mode).path("result").asText()).isEqualTo("alone");
        close();
        assertThat(events(mode, "attempt_started")).hasSize(2);
        assertThat(HostileAgent.processesIn(directory)).isEmpty();
        SchemaCheck.of(home.root());
    }

    private static Map<String, String> expected() {
        Map<String, List<String>> modes = new LinkedHashMap<>();
        modes.put(
                "none",
                List.of(
                        "well",
                        "setsid-and-result",
                        "stubborn-setsid-and-result",
                        "hopping",
                        "unmarked-child",
                        "flood",
                        "tool-flood",
                        "long-line",
                        "garbage",
                        "deep",
                        "result-then-hang",
                        "result-then-flood",
                        "closes-stdout-after-result",
                        "cuts-stream",
                        "deletes-stream",
                        "floods-stderr",
                        "leaves-stdin",
                        "exit-one-with-result",
                        "late-result"));
        modes.put(
                "timeout_idle",
                List.of(
                        "hang-at-once",
                        "hang",
                        "ignore-term",
                        "stubborn-grandchildren",
                        "noise-before-init",
                        "noise",
                        "closes-stdout",
                        "talks"));
        // Read whole, and no answer: it is one letter, a hundred thousand times.
        modes.put("validation", List.of("long-result"));
        modes.put("no_result", List.of("setsid-without-result", "no-result", "nothing"));
        modes.put("crash", List.of("flood-for-ever", "stretches-stream", "replaces-stream"));
        modes.put("permission", List.of("odd-types"));
        modes.put("killed", List.of("segv", "kill", "term"));
        Map<String, String> expected = new LinkedHashMap<>();
        modes.forEach((category, all) -> all.forEach(mode -> expected.put(mode, category)));
        return expected;
    }

    private void start() throws IOException {
        Config config = ((ConfigOutcome.Loaded) ConfigLoader.load(home, settings, Map.of())).config();
        daemon = new Orchestrator(
                home,
                () -> config,
                () -> new ClaudeOptions("claude", config.claude().command(), List.of(), List.of(), null, MOST_OUTPUT),
                new ProcessRunner(),
                Map.of("PATH", "/usr/bin:/bin"),
                Redactor.SHAPES_ONLY,
                "test",
                new Random(1),
                TimeSource.system());
        daemon.start();
    }

    private void close() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        daemon = null;
    }

    private Process process() throws IOException {
        List<String> command = MainProcess.command("--home", home.root().toString(), "run");
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("daemon.out").toFile())
                .redirectErrorStream(true)
                .start();
    }

    private void letGo() throws IOException {
        Files.createFile(home.root().resolve("go"));
    }

    private void drop(String mode) throws IOException {
        Files.createDirectories(home.root().resolve(mode));
        String head = "id: " + mode + "\ntype: analyze\nretries: 0\ncwd: " + mode;
        Files.writeString(home.tasks().resolve(mode + ".task.md"), "---\n" + head + "\n---\nLook.\n");
    }

    /** Until the run has said that it is there, so that its daemon can go. */
    private void awaitRun(String mode) {
        Path stream = home.runs(new TaskId(mode)).resolve("turn-1.attempt-1.stream.ndjson");
        Await.until(
                LONG,
                () -> !events(mode, "run_started").isEmpty()
                        && Files.exists(stream)
                        && Files.readString(stream).contains("init"));
    }

    private List<JsonNode> events(String mode, String name) throws IOException {
        return Files.exists(home.journal()) ? SchemaCheck.events(SchemaCheck.journal(home), mode, name) : List.of();
    }

    private JsonNode artifact(String mode) throws IOException {
        Path file = home.artifact(new TaskId(mode));
        Await.until(LONG, () -> Files.exists(file));
        return new ObjectMapper().readTree(Files.readString(file));
    }
}
