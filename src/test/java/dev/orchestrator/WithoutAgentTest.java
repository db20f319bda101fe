package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.cli.Cli;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.Home;
import dev.orchestrator.task.Hold;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine on which there is no agent. */
@Timeout(120)
class WithoutAgentTest {
    private static final String SETTING = "claude.command";
    private static final String MISSING = "no-such-agent";

    private Home home;

    @BeforeEach
    void home(@TempDir Path root) throws IOException {
        home = new Home(root.resolve("home"));
        Files.createDirectories(home.tasks());
    }

    @Test
    @EffectOf("claude.command")
    void no_task_fails_and_all_are_done_once_there_is_one() throws Exception {
        drop("a", "id: a");
        drop("b", "id: b\nafter: a");
        DaemonRunner.Result.Stopped without = once(MISSING);

        assertThat(without.endedOtherwise()).isZero();
        assertThat(without.unfinished()).isEqualTo(2);
        assertThat(without.holds()).extracting(Hold::cause).containsExactly(Hold.Cause.AGENT_MISSING);

        DaemonRunner.Result.Stopped with = once(agent());
        assertThat(with.succeeded()).isEqualTo(2);
        assertThat(with.unfinished()).isZero();
        assertThat(with.holds()).isEmpty();
        SchemaCheck.of(home.root());
    }

    @Test
    void a_daemon_notices_when_it_is_installed_and_needs_nobody_to_say_so() throws Exception {
        drop("a", "id: a");
        Path program = home.root().resolve("later");
        once(program.toString());
        Files.copy(Path.of(agent()), program);
        assertThat(once(program.toString()).succeeded()).isEqualTo(1);
    }

    @Test
    void submit_with_wait_ends_with_4() throws Exception {
        Path file = Files.writeString(home.root().resolve("mine.task.md"), "Do it.\n");
        Process daemon = daemon();
        try (BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("Orchestrator is running");

            StringWriter said = new StringWriter();
            assertThat(submit(said, file.toString(), "--wait")).isEqualTo(4);
            assertThat(said.toString()).contains("No task is started: the agent could not be started", "is kept");
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    private void drop(String name, String frontMatter) throws IOException {
        Files.writeString(home.tasks().resolve(name + ".task.md"), "---\n" + frontMatter + "\n---\nDo it.\n");
    }

    private String agent() throws IOException {
        Path program = home.root().resolve("agent.sh");
        Files.writeString(program, """
                #!/bin/sh
                echo '{"type":"system","subtype":"init","session_id":"s"}'
                echo '{"type":"assistant","message":{"model":"m","content":[{"type":"text","text":"done"}]}}'
                echo '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1}'
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    private DaemonRunner.Result.Stopped once(String command) throws IOException, InterruptedException {
        DaemonRunner.Request request = new DaemonRunner.Request(
                home, Map.of(SETTING, command, "intake.debounce", "20ms"), Map.of(), true, Optional.empty(), true);
        return (DaemonRunner.Result.Stopped) new LocalDaemon().run(request, new Silent());
    }

    private Process daemon() throws IOException {
        return MainProcess.of("--home", home.root().toString(), "run", "--set", SETTING + "=" + MISSING)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private int submit(StringWriter said, String... args) {
        List<String> all = new ArrayList<>(List.of("--home", home.root().toString(), "submit"));
        all.addAll(List.of(args));
        return new Cli(Map.of(), new PrintWriter(said), new PrintWriter(said), new LocalDaemon(), Thread::new)
                .run(all.toArray(String[]::new));
    }

    private static final class Silent implements DaemonRunner.Listener {
        @Override
        public void note(String text) {}

        @Override
        public void ready() {}
    }
}
