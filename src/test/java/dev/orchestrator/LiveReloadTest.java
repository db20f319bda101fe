package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.LoopbackTelegram;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A daemon at work, whose settings are edited. Its agent is a program that waits until it is let go. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent is a shell script, and there is no SIGHUP")
class LiveReloadTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String AGENT =
            "cat >/dev/null; echo x >> \"$0/started\"; until [ -e \"$0/go\" ]; do sleep 0.05; done;"
                    + " echo I looked at all files of it, and none has the word in it.";

    private Home home;
    private Path seen;
    private Process daemon;
    private BufferedReader out;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        Path real = temp.toRealPath();
        home = new Home(Files.createDirectory(real.resolve("home")));
        seen = Files.createDirectory(real.resolve("seen"));
        Files.createDirectories(real.resolve("one"));
        Files.createDirectories(real.resolve("two"));
        settings("workers: 1");
        daemon = MainProcess.of("--home", home.root().toString(), "run")
                .redirectError(real.resolve("daemon.err").toFile())
                .start();
        out = daemon.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("Orchestrator is running");
    }

    @AfterEach
    void stop() throws Exception {
        Files.createFile(seen.resolve("go"));
        daemon.destroy();
        if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
            daemon.destroyForcibly();
        }
        out.close();
    }

    /** The file as a whole, with these lines of it different. */
    private void settings(String... lines) throws IOException {
        String fixed = "agent: waiting\nagents:\n  waiting:\n    command: [sh, -c, '" + AGENT + "', '" + seen
                + "']\n    unsandboxed: true\nintake:\n  debounce: 20ms\n";
        Files.writeString(home.settings(), fixed + String.join("\n", lines) + "\n");
    }

    private String roots(String... names) {
        List<String> paths = java.util.Arrays.stream(names)
                .map(name -> home.root().resolveSibling(name).toString())
                .toList();
        return "claude:\n  allowed_roots: [" + String.join(", ", paths) + "]";
    }

    private void drop(String id, String directory) throws IOException {
        Path file = home.tasks().resolve("." + id);
        Files.writeString(
                file,
                "---\nid: " + id + "\ntype: analyze\nretries: 0\ncwd: "
                        + home.root().resolveSibling(directory) + "\n---\nLook whether any file has the word in it.\n");
        Files.move(file, home.tasks().resolve(id + ".task.md"));
    }

    private long started() throws IOException {
        Path file = seen.resolve("started");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private List<JsonNode> events(String name) throws IOException {
        return SchemaCheck.journal(home).stream()
                .filter(line -> line.path("event").asText().equals(name))
                .toList();
    }

    private JsonNode awaitEvent(String name, int number) {
        Await.until(LONG, () -> events(name).size() >= number);
        try {
            return events(name).get(number - 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitEnd(String id, String status) {
        Await.until(
                LONG,
                () -> events("task_finished").stream()
                        .anyMatch(event -> event.path("task_id").asText().equals(id)
                                && event.path("status").asText().equals(status)));
    }

    @Test
    @EffectOf({"workers", "agent", "agents.NAME.command", "claude.allowed_roots", "claude.timeout"})
    void an_edit_counts_at_once_for_what_begins_and_not_for_what_runs() throws Exception {
        settings("workers: 1", roots("one"));
        assertThat(awaitEvent("config_reloaded", 1).at("/changes/0/setting").asText())
                .isEqualTo("claude.allowed_roots");
        for (String id : List.of("a", "b", "c", "d")) {
            drop(id, "one");
        }
        Await.until(LONG, () -> started() == 1);

        // Workers.
        settings("workers: 3", roots("one"));
        JsonNode workers = awaitEvent("config_reloaded", 2);
        assertThat(workers.path("by").asText()).isEqualTo("file");
        assertThat(workers.at("/changes/0/before").asText()).isEqualTo("1");
        assertThat(workers.at("/changes/0/after").asText()).isEqualTo("3");
        assertThat(workers.at("/changes/0/source").asText()).startsWith("orchestrator.yaml line ");
        Await.until(LONG, () -> started() == 3);

        // A root.
        drop("e", "two");
        Await.until(LONG, () -> Files.exists(home.rejected().resolve("e.task.md")));
        settings("workers: 3", roots("one", "two"));
        awaitEvent("config_reloaded", 3);
        drop("f", "two");
        Await.until(LONG, () -> events("task_accepted").size() == 5);

        // A bad file changes nothing, and says what is wrong.
        settings("workers: 50", "retries: many", roots("one"));
        assertThat(awaitEvent("config_refused", 1).at("/problems/0").asText()).contains("retries");
        assertThat(started()).isEqualTo(3);

        // A timeout, for what begins later.
        settings("workers: 6", "retries: 0", roots("one", "two") + "\n  timeout: 1s");
        awaitEvent("config_reloaded", 4);
        Await.until(LONG, () -> started() == 5);
        awaitEnd("f", "failed");
        Files.createFile(seen.resolve("go.now"));
        Files.move(seen.resolve("go.now"), seen.resolve("go"));
        for (String id : List.of("a", "b", "c")) {
            awaitEnd(id, "succeeded");
        }
        // What is written behind the events is whole when the daemon has ended.
        daemon.destroy();
        assertThat(daemon.waitFor(40, TimeUnit.SECONDS)).isTrue();
        SchemaCheck.files(home);
        Files.delete(seen.resolve("go"));
    }

    /** While three tasks are at work, and the bot is being talked to. */
    @Test
    void whoever_comes_on_the_list_of_telegram_is_heard_and_whoever_goes_is_not() throws Exception {
        try (LoopbackTelegram telegram = new LoopbackTelegram()) {
            String bot = "telegram:\n  token: '" + LoopbackTelegram.TOKEN + "'\n  url: " + telegram.url()
                    + "\n  allowed_users: ";
            settings("workers: 3", roots("one"), bot + "[42]");
            awaitEvent("config_reloaded", 1);
            for (String id : List.of("a", "b", "c")) {
                drop(id, "one");
            }
            Await.until(LONG, () -> started() == 3);
            telegram.says(43, "/status");
            telegram.says(42, "/status");
            Await.until(LONG, () -> told(telegram, 42) >= 1);
            assertThat(told(telegram, 43)).isZero();

            settings("workers: 3", roots("one"), bot + "[43]");
            awaitEvent("config_reloaded", 2);
            telegram.says(42, "/pause everything");
            telegram.says(43, "/status");
            Await.until(LONG, () -> told(telegram, 43) >= 1);

            assertThat(events("queue_paused")).isEmpty();
            assertThat(told(telegram, 42)).isEqualTo(1);
            assertThat(started()).isEqualTo(3);
        }
    }

    private static long told(LoopbackTelegram telegram, long user) {
        return telegram.said().stream()
                .filter(message -> message.path("chat_id").asLong() == user)
                .count();
    }

    @Test
    void a_command_has_them_read_though_nobody_sees_that_they_were_edited() throws Exception {
        isKnown("workers: 2");
        unseen("workers: 4");
        assertThat(reload()).contains("workers: 2 -> 4 (orchestrator.yaml line ");
        assertThat(reload()).contains("All settings are as they were.");
        unseen("workers: x");
        assertThat(reload()).contains("All settings stay as they were", "workers");
        assertThat(daemon.isAlive()).isTrue();
    }

    @Test
    void a_signal_has_them_read_though_nobody_sees_that_they_were_edited() throws Exception {
        assumeThat(isHangUpIgnored())
                .as("platform: whoever began this has SIGHUP ignored, as nohup does")
                .isFalse();
        isKnown("workers: 3");
        unseen("workers: 2");
        assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(daemon.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(awaitEvent("config_reloaded", 2).path("by").asText()).isEqualTo("SIGHUP");
        assertThat(daemon.isAlive()).isTrue();
    }

    /** A virtual machine leaves a signal alone that was ignored when it began. */
    private boolean isHangUpIgnored() throws IOException {
        Path status = Path.of("/proc", String.valueOf(daemon.pid()), "status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> Character.digit(line.charAt(line.length() - 1), 16) % 2 == 1);
    }

    /** From then on the daemon knows how the file looks. */
    private void isKnown(String line) throws IOException {
        settings(line);
        awaitEvent("config_reloaded", 1);
    }

    /** As long as before, and of the same time. */
    private void unseen(String line) throws IOException {
        FileTime time = Files.getLastModifiedTime(home.settings());
        settings(line);
        Files.setLastModifiedTime(home.settings(), time);
    }

    private String reload() throws Exception {
        Process command = MainProcess.of("--home", home.root().toString(), "reload")
                .redirectErrorStream(true)
                .start();
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(command.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** What is secret in the new settings is hidden from the first line on that has it. */
    @Test
    void a_secret_that_is_new_is_hidden_as_one_that_was_there() throws Exception {
        Files.writeString(home.dotenv(), "SHOP_PASSWORD=correct-horse-battery\nORCHESTRATOR_WORKERS=2\n");
        awaitEvent("config_reloaded", 1);
        settings("workers: 1", roots("one"));
        awaitEvent("config_reloaded", 2);
        Path file = home.tasks().resolve(".said");
        Files.writeString(
                file,
                "---\nid: said\ntype: analyze\ncwd: " + home.root().resolveSibling("one")
                        + "\n---\nLook for correct-horse-battery in all files.\n");
        Files.move(file, home.tasks().resolve("said.task.md"));
        Await.until(LONG, () -> !events("task_accepted").isEmpty());

        assertThat(Files.readString(home.journal()))
                .doesNotContain("correct-horse-battery")
                .contains("[redacted]");
    }
}
