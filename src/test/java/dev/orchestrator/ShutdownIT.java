package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon does when it is asked to stop while an agent is at work. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no signals, and the agent is a shell script")
class ShutdownIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private Path directory;
    private JarDaemon daemon;
    private Path starts;
    private Path go;

    /** An agent that counts its starts and works until it may end. */
    @BeforeEach
    void home(@TempDir Path temp) throws IOException {
        directory = temp.toRealPath();
        daemon = new JarDaemon(directory);
        starts = directory.resolve("starts");
        go = directory.resolve("go");
        daemon.agent("echo x >> '" + starts + "'\nwhile [ ! -e '" + go + "' ]; do sleep 0.05; done");
        Files.writeString(daemon.home.tasks().resolve("a.task.md"), "---\nid: a\ntype: analyze\n---\nLook.\n");
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void asked_to_leave_it_leaves_the_run_to_the_next_daemon_which_takes_its_result() throws Exception {
        JarDaemon.Started first = start("shutdown.mode=leave", "shutdown.grace=0s");
        first.terminate();
        assertThat(first.await(LONG)).isZero();
        assertThat(first.output()).contains("the next one takes them over: a.");

        JarDaemon.Started second = daemon.start("run", "--once");
        Await.until(LONG, () -> Files.readString(daemon.home.journal()).contains("\"adopted\":true"));
        Files.createFile(go);
        assertThat(second.await(LONG)).isZero();

        assertThat(Files.readAllLines(starts)).hasSize(1);
        assertThat(artifact().path("attempts")).hasSize(1);
    }

    @Test
    @EffectOf("shutdown.mode")
    void asked_to_stop_it_stops_the_run_and_the_next_start_goes_on_in_its_session() throws Exception {
        JarDaemon.Started first = start("shutdown.mode=stop", "shutdown.grace=0s");
        long pid = pid();
        first.terminate();
        assertThat(first.await(LONG)).isZero();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(first.output()).doesNotContain("takes them over");

        Files.createFile(go);
        assertThat(daemon.start("run", "--once").await(LONG)).isZero();

        List<JsonNode> attempts = SchemaCheck.events(SchemaCheck.of(daemon.home.root()), "a", "attempt_started");
        assertThat(attempts).hasSize(2);
        assertThat(artifact().at("/attempts/0/category").isNull())
                .as("nobody failed")
                .isTrue();
    }

    @Test
    void asked_to_wait_it_waits_for_the_run_however_long() throws Exception {
        JarDaemon.Started first = start("shutdown.mode=wait", "shutdown.grace=0s");
        first.terminate();
        Await.until(LONG, () -> first.output().contains("Asked to stop (SIGTERM)"));
        assertThat(first.isAlive()).isTrue();
        Files.createFile(go);

        assertThat(first.await(LONG)).isZero();
        assertThat(artifact().path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void a_second_signal_waits_for_nobody() throws Exception {
        JarDaemon.Started first = start("shutdown.mode=wait");
        first.terminate();
        Await.until(LONG, () -> first.output().contains("Asked to stop (SIGTERM)"));
        first.terminate();

        assertThat(first.await(LONG)).isZero();
        assertThat(first.output()).contains("the next one takes them over: a.");
        Files.createFile(go);
        assertThat(daemon.start("run", "--once").await(LONG)).isZero();
        assertThat(Files.readAllLines(starts)).hasSize(1);
    }

    @Test
    void a_second_signal_does_not_wait_for_an_agent_that_does_not_want_to_stop() throws Exception {
        daemon.agent("trap '' TERM\necho x >> '" + starts + "'\nwhile [ ! -e '" + go + "' ]; do sleep 0.05; done");
        JarDaemon.Started first = start("shutdown.mode=stop", "shutdown.grace=0s", "claude.stop_grace=5m");
        long pid = pid();
        first.terminate();
        Await.until(LONG, () -> first.output().contains("Asked to stop (SIGTERM)"));
        first.terminate();

        assertThat(first.await(LONG)).isZero();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private JarDaemon.Started start(String... settings) throws IOException {
        String[] arguments = new String[settings.length * 2 + 1];
        arguments[0] = "run";
        for (int i = 0; i < settings.length; i++) {
            arguments[2 * i + 1] = "--set";
            arguments[2 * i + 2] = settings[i];
        }
        JarDaemon.Started started = daemon.start(arguments);
        Await.until(LONG, () -> Files.exists(starts));
        return started;
    }

    private long pid() throws IOException {
        return Await.value(
                LONG,
                () -> SchemaCheck.events(SchemaCheck.journal(daemon.home), "a", "run_started").stream()
                        .map(line -> line.path("pid").asLong())
                        .findFirst()
                        .orElse(null));
    }

    private JsonNode artifact() throws IOException {
        return new ObjectMapper().readTree(Files.readString(daemon.home.artifact(new TaskId("a"))));
    }
}
