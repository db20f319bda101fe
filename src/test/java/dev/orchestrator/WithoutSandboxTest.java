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
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.HostileAgent;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has no program for a sandbox. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: the agent looks into /proc and uses setsid")
class WithoutSandboxTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private Home home;
    private Path agent;

    @BeforeEach
    void home(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath().resolve("home"));
        home.prepare();
        agent = HostileAgent.in(temp.toRealPath());
        Files.createDirectories(home.root().resolve("well"));
        Files.writeString(
                home.tasks().resolve("well.task.md"), "---\nid: well\ntype: analyze\ncwd: well\n---\nLook.\n");
    }

    @Test
    void where_one_is_wanted_the_work_is_done_without_and_the_artifact_says_so() throws Exception {
        try (Orchestrator daemon = daemon("auto")) {
            daemon.start();
            Path file = home.artifact(new TaskId("well"));
            Await.until(LONG, () -> Files.exists(file));

            JsonNode artifact = new ObjectMapper().readTree(Files.readString(file));
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.at("/security/sandbox").asText()).isEqualTo("none");
        }
    }

    @Test
    @EffectOf("guard.sandbox")
    void where_one_is_required_nothing_is_started_and_no_task_is_lost() throws Exception {
        try (Orchestrator daemon = daemon("require")) {
            daemon.start();
            Await.until(LONG, () -> Files.readString(home.journal()).contains("\"queue_paused\""));

            assertThat(Files.exists(home.runs(new TaskId("well")).resolve("turn-1.attempt-1.stream.ndjson")))
                    .isFalse();
        }
        assertThat(SchemaCheck.events(SchemaCheck.journal(home), "well", "run_started"))
                .isEmpty();
        assertThat(Files.readString(home.journal()))
                .contains("\"cause\":\"sandbox_missing\"")
                .contains("apt-get install bubblewrap");
        assertThat(home.artifact(new TaskId("well"))).doesNotExist();

        try (Orchestrator daemon = daemon("off")) {
            daemon.start();
            Await.until(LONG, () -> Files.exists(home.artifact(new TaskId("well"))));
        }
        SchemaCheck.of(home.root());
    }

    /** Its agent needs a shell and nothing else. */
    private Orchestrator daemon(String sandbox) throws IOException {
        Map<String, String> settings = Map.of(
                "claude.command",
                agent.toString(),
                "guard.sandbox",
                sandbox,
                "intake.debounce",
                "20ms",
                "workers",
                "1");
        Config config = ((ConfigOutcome.Loaded) ConfigLoader.load(home, settings, Map.of())).config();
        return new Orchestrator(
                home,
                () -> config,
                () -> new ClaudeOptions("claude", agent.toString(), List.of(), List.of(), null),
                new ProcessRunner(),
                Map.of("PATH", home.root().resolve("nothing").toString()),
                Redactor.SHAPES_ONLY,
                "test",
                new Random(1),
                TimeSource.system());
    }
}
