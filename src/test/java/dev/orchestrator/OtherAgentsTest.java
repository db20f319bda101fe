package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tasks whose agent is a command, from what a user writes to what is published. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: the agents are shell scripts in a sandbox")
class OtherAgentsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SETTINGS = """
            intake.debounce: 20ms
            shutdown.grace: 0s
            claude.command: /no/claude
            agents:
              boxed:
                command: [sh, -c, 'cat > told; echo x 2>/dev/null > ../escaped; echo done']
              open:
                command: [sh, -c, 'echo x > made; echo done']
                unsandboxed: true
              twice:
                command:
                  - sh
                  - -c
                  - 'cat > told; [ -e again ] && echo done && exit 0; echo first words; touch again; exit 3'
                unsandboxed: true
            """;

    private Home home;
    private @Nullable Orchestrator daemon;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath().resolve("home"));
        home.prepare();
        Files.writeString(home.settings(), SETTINGS);
    }

    @AfterEach
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    @EffectOf("agents.NAME.command")
    void a_command_does_its_task_in_the_sandbox_and_nobody_is_said_to_have_guarded_it() throws Exception {
        RealSandbox.require();
        start();
        drop("one", "custom", "agent: boxed");

        JsonNode artifact = artifact("one");

        assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
        assertThat(artifact.at("/agent/name").asText()).isEqualTo("boxed");
        assertThat(artifact.at("/security/guard").asText()).isEqualTo("none");
        assertThat(artifact.at("/security/sandbox").asText()).isEqualTo("bubblewrap");
        assertThat(home.root().resolve("one/told")).content().contains("Do it.");
        assertThat(home.root().resolve("escaped")).doesNotExist();
        SchemaCheck.files(home);
    }

    @Test
    void what_a_command_changes_in_a_guarded_task_waits_for_a_person() throws Exception {
        start();
        drop("one", "custom", "agent: open\nguarded: true");

        assertThat(artifact("one").path("status").asText()).isEqualTo("awaiting_approval");
        assertThat(home.root().resolve("one/made")).doesNotExist();
        assertThat(home.patch(new TaskId("one"))).content().contains("made");
    }

    @Test
    void what_a_command_changed_though_its_task_may_only_read_is_no_success() throws Exception {
        start();
        drop("one", "analyze", "agent: open");

        assertThat(artifact("one").path("status").asText()).isEqualTo("failed");
        assertThat(artifact("one").at("/error/category").asText()).isEqualTo("validation");
    }

    @Test
    void another_attempt_of_a_command_begins_afresh_and_is_told_what_was_done() throws Exception {
        start();
        drop("one", "custom", "agent: twice\nretries: 0");
        assertThat(artifact("one").path("status").asText()).isEqualTo("failed");

        ControlClient client = new ControlClient(home, () -> true, TimeSource.system());
        client.give(new ControlClient.Wish("retry", new TaskId("one"), null, List.of()), "test", LONG);

        Await.until(LONG, () -> artifact("one").path("turn").asInt() == 2);
        assertThat(artifact("one").path("status").asText()).isEqualTo("succeeded");
        List<JsonNode> starts = SchemaCheck.events(SchemaCheck.journal(home), "one", "attempt_started");
        assertThat(starts).extracting(each -> each.path("resumed").asBoolean()).containsOnly(false);
    }

    @Test
    void a_task_for_nobody_is_rejected_with_the_nearest_name() throws Exception {
        start();
        drop("one", "custom", "agent: boxd");

        Path reason = home.rejected().resolve("one.task.md.reason.json");
        Await.until(LONG, () -> Files.exists(reason));
        assertThat(reason).content().contains("'boxd'").contains("Did you mean 'boxed'?");
    }

    private void start() throws IOException {
        Config config = ((ConfigOutcome.Loaded) ConfigLoader.load(home, Map.of(), Map.of())).config();
        daemon = new Orchestrator(
                home,
                () -> config,
                () -> new ClaudeOptions(config.claude().command(), List.of(), List.of(), null),
                new ProcessRunner(),
                Map.of("PATH", "/usr/bin:/bin"),
                Redactor.SHAPES_ONLY,
                "test",
                new Random(1),
                TimeSource.system());
        daemon.start();
    }

    private void drop(String id, String type, String keys) throws IOException {
        Files.createDirectories(home.root().resolve(id));
        String head = "id: " + id + "\ntype: " + type + "\ncwd: " + id + "\n" + keys;
        Files.writeString(home.tasks().resolve(id + ".task.md"), "---\n" + head + "\n---\nDo it.\n");
    }

    private JsonNode artifact(String id) throws IOException {
        Path file = home.artifact(new TaskId(id));
        Await.until(LONG, () -> Files.exists(file));
        return new ObjectMapper().readTree(Files.readString(file));
    }
}
