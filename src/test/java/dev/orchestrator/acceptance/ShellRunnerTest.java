package dev.orchestrator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.acceptance.CommandResult.Outcome;
import dev.orchestrator.guard.sandbox.Sandbox;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With the real shell of this machine. */
@DisabledOnOs(OS.WINDOWS)
class ShellRunnerTest {
    @TempDir
    Path temp;

    private Path directory;
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH")));

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(temp.toRealPath().resolve("work"));
    }

    private ShellRunner commands() {
        return commands((command, where, seen) -> new Sandbox.Entry.Open());
    }

    private ShellRunner commands(ShellRunner.Enclosing enclosing) {
        return new ShellRunner(
                new ProcessRunner(), enclosing, environment, "MY_TOKEN"::equals, false, TimeSource.system());
    }

    private CommandRunner.Order order(String command, Duration timeout) {
        return new CommandRunner.Order(
                command,
                directory,
                timeout,
                "test-" + directory,
                temp.resolve("logs").resolve("out"),
                temp.resolve("logs").resolve("err"));
    }

    private CommandResult run(String command) throws Exception {
        return commands().run(order(command, Duration.ofMinutes(1)), new Cancellation());
    }

    @Test
    void a_command_that_ends_with_zero_is_green() throws Exception {
        CommandResult result = run("pwd");
        assertThat(result.outcome()).isEqualTo(Outcome.GREEN);
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).isEqualTo(directory + "\n");
    }

    @Test
    void any_other_end_is_red_and_what_it_printed_is_kept_in_its_order() throws Exception {
        CommandResult result = run("echo one; echo two >&2; echo three; exit 3");
        assertThat(result.outcome()).isEqualTo(Outcome.RED);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void the_shell_knows_what_a_shell_knows() throws Exception {
        assertThat(run("f=a; printf '%s' \"$f\" | tr a b && test ! -e nothing").output())
                .isEqualTo("b");
        assertThat(run("no-such-program-at-all").outcome()).isEqualTo(Outcome.RED);
        assertThat(run("if").outcome()).isEqualTo(Outcome.RED);
        assertThat(run("kill -9 $$").exitCode()).isEqualTo(137);
    }

    @Test
    void a_command_that_reads_its_input_comes_to_an_end() throws Exception {
        assertThat(run("cat; echo done").output()).isEqualTo("done\n");
    }

    @Test
    void of_a_long_output_the_end_is_kept_without_colours() throws Exception {
        CommandResult result = run("seq 1 100000; printf '\\033[31mred\\033[0m end\\n'; exit 1");
        assertThat(result.output())
                .startsWith("[...]\n")
                .endsWith("99999\n100000\nred end\n")
                .hasSizeLessThan(6_100);
    }

    @Test
    void a_command_that_takes_too_long_is_stopped_with_all_it_started() throws Exception {
        CommandResult result = commands()
                .run(
                        order(
                                "sleep 1000 & echo $! > pid; setsid sleep 1000 & echo $! >> pid; wait",
                                Duration.ofMillis(700)),
                        new Cancellation());
        assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(result.exitCode()).isNull();
        assertNobodyIsLeft();
    }

    @Test
    void what_a_command_leaves_behind_is_stopped() throws Exception {
        assertThat(run("setsid sleep 1000 > /dev/null 2>&1 & echo $! > pid").outcome())
                .isEqualTo(Outcome.GREEN);
        assertNobodyIsLeft();
    }

    @Test
    void a_flood_is_stopped() throws Exception {
        CommandResult result = run("yes");
        assertThat(result.outcome()).isEqualTo(Outcome.FLOOD);
        assertThat(result.output()).endsWith("y\n");
    }

    @Test
    void who_cancels_does_not_wait_for_it() throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<CommandResult> result = CompletableFuture.supplyAsync(() -> {
            try {
                return commands().run(order("sleep 1000 & echo $! > pid; wait", Duration.ofHours(1)), cancellation);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Await.until(
                Duration.ofSeconds(20),
                () -> Files.exists(directory.resolve("pid")) && Files.size(directory.resolve("pid")) > 0);
        cancellation.stop(Cancellation.Reason.CANCELLED);
        assertThat(result.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.STOPPED);
        assertNobodyIsLeft();
    }

    @Test
    void what_an_earlier_daemon_left_behind_is_found_by_its_mark() throws Exception {
        Process left = new ProcessBuilder("sleep", "1000").start();
        ProcessBuilder marked = new ProcessBuilder("sleep", "1000");
        marked.environment().put("AI_TASK_ORCHESTRATOR_RUN", "test-left");
        Process ours = marked.start();
        try {
            commands().stopLeft("test-left");
            assertThat(ours.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(left.isAlive()).isTrue();
        } finally {
            left.destroyForcibly();
            ours.destroyForcibly();
        }
    }

    @Test
    void it_sees_what_a_build_needs_and_no_secrets_but_those_that_are_passed_on() throws Exception {
        environment.putAll(Map.of(
                "JAVA_HOME", "/opt/java",
                "ANTHROPIC_API_KEY", "key",
                "ANTHROPIC_BASE_URL", "url",
                "CLAUDE_CONFIG_DIR", "dir",
                "GITHUB_TOKEN", "token",
                "MY_TOKEN", "mine",
                "BASH_ENV", "/tmp/x"));
        assertThat(run("env").output())
                .contains("JAVA_HOME=/opt/java\n", "MY_TOKEN=mine\n")
                .doesNotContain("ANTHROPIC", "CLAUDE_CONFIG_DIR", "GITHUB_TOKEN", "BASH_ENV");
    }

    @Test
    void without_the_sandbox_that_is_required_nothing_is_started() throws Exception {
        CommandResult result = commands((command, where, seen) -> new Sandbox.Entry.Refused("there is none"))
                .run(order("touch made", Duration.ofMinutes(1)), new Cancellation());
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_STARTED);
        assertThat(result.output()).isEqualTo("there is none");
        assertThat(directory.resolve("made")).doesNotExist();
    }

    @Test
    void what_the_sandbox_makes_of_a_command_is_what_is_started() throws Exception {
        ShellRunner enclosed = commands((command, where, seen) ->
                new Sandbox.Entry.Enclosed(List.of("/bin/sh", "-c", "echo enclosed; exit 4")));
        CommandResult result = enclosed.run(order("true", Duration.ofMinutes(1)), new Cancellation());
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output()).isEqualTo("enclosed\n");
    }

    private void assertNobodyIsLeft() throws Exception {
        for (String pid : Files.readAllLines(directory.resolve("pid"))) {
            // What has ended may wait for its new parent to take notice.
            Await.until(
                    Duration.ofSeconds(20),
                    () -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }
}
