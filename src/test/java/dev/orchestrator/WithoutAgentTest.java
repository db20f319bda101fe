package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.cli.Cli;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** One that waits for a task without an agent has no reason of its own to fail. */
    @Test
    void failed_tasks_are_counted_with_those_that_waited_for_them() throws Exception {
        drop("a", "id: a");
        drop("b", "id: b\nafter: a");
        drop("c", "id: c\nafter: b");
        DaemonRunner.Result.Stopped stopped = once();

        assertThat(stopped.failed()).isEqualTo(3);
        assertThat(stopped.withoutAgent()).isEqualTo(3);
    }

    @Test
    void tasks_that_failed_for_a_reason_of_their_own_are_not_counted() throws Exception {
        drop("a", "id: a");
        drop("b", "id: b\nafter: c");
        drop("c", "id: c\nafter: b");
        DaemonRunner.Result.Stopped stopped = once();

        assertThat(stopped.failed()).isEqualTo(3);
        assertThat(stopped.withoutAgent()).isEqualTo(1);
    }

    @Test
    void those_of_an_earlier_run_are_not_counted() throws Exception {
        drop("a", "id: a");
        once();
        drop("b", "id: b\nafter: a");
        DaemonRunner.Result.Stopped stopped = once();

        assertThat(stopped.failed()).isEqualTo(1);
        assertThat(stopped.withoutAgent()).isZero();
    }

    @Test
    void submit_with_wait_ends_with_4() throws Exception {
        Path file = Files.writeString(home.root().resolve("mine.task.md"), "Do it.\n");
        Process daemon = daemon();
        try (BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("Orchestrator is running");

            StringWriter said = new StringWriter();
            assertThat(submit(said, file.toString(), "--wait")).isEqualTo(4);
            assertThat(said.toString()).contains("(agent_missing)", "next:");
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    private void drop(String name, String frontMatter) throws IOException {
        Files.writeString(home.tasks().resolve(name + ".task.md"), "---\n" + frontMatter + "\n---\nDo it.\n");
    }

    private DaemonRunner.Result.Stopped once() throws IOException, InterruptedException {
        DaemonRunner.Request request = new DaemonRunner.Request(
                home, Map.of(SETTING, MISSING, "intake.debounce", "20ms"), Map.of(), true, Optional.empty(), true);
        return (DaemonRunner.Result.Stopped) new LocalDaemon().run(request, new Silent());
    }

    private Process daemon() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.orchestrator.Main",
                        "--home",
                        home.root().toString(),
                        "run",
                        "--set",
                        SETTING + "=" + MISSING)
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
