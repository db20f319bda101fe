package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo does around a daemon; that the whole of it works is for the test of the packaged jar. */
class DemoCommandTest {
    private final List<DaemonRunner.Request> requests = new ArrayList<>();
    private Path home;
    private TestCli cli;

    @BeforeEach
    void home(@TempDir Path temp) {
        home = temp.resolve("demo");
        cli = new TestCli(temp);
    }

    @Test
    void a_demo_in_which_nothing_was_done_has_failed() {
        assertThat(demo(new DaemonRunner.Result.Stopped(Map.of(), 0, 0, List.of(), List.of(), List.of())))
                .isEqualTo(1);

        assertThat(cli.err()).contains("The demo FAILED", "orchestrator.log");
        assertThat(cli.out()).contains("changed     nothing");
    }

    @Test
    void the_daemon_runs_once_quietly_with_the_simulated_agent_and_without_keys() {
        demo(new DaemonRunner.Result.Stopped(Map.of(), 0, 0, List.of(), List.of(), List.of()));

        DaemonRunner.Request request = requests.get(0);
        assertThat(request.once()).isTrue();
        assertThat(request.quiet()).isTrue();
        assertThat(request.home().root()).isEqualTo(home.toAbsolutePath());
        assertThat(request.agent().orElseThrow().name()).isEqualTo("simulated");
        assertThat(request.agent().orElseThrow().arguments())
                .endsWith("dev.orchestrator.agent.simulated.SimulatedClaude");
        assertThat(request.environment()).containsOnlyKeys("PATH");
    }

    @Test
    void a_directory_with_something_in_it_is_left_alone() throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("mine.txt"), "mine");

        assertThat(demo(new DaemonRunner.Result.Stopped(Map.of(), 0, 0, List.of(), List.of(), List.of())))
                .isEqualTo(2);

        assertThat(requests).isEmpty();
        assertThat(home).isDirectoryNotContaining("glob:**/project");
    }

    @Test
    void a_bad_configuration_is_told() {
        assertThat(demo(new DaemonRunner.Result.BadConfiguration(List.of("the problem"))))
                .isEqualTo(3);

        assertThat(cli.err()).contains("the problem");
    }

    private int demo(DaemonRunner.Result result) {
        DaemonRunner daemon = (request, listener) -> {
            requests.add(request);
            return result;
        };
        Map<String, String> environment =
                Map.of("PATH", "/bin", "ANTHROPIC_API_KEY", "k", "ORCHESTRATOR_CLAUDE_BASE_DIR", "/elsewhere");
        return cli.run("demo", new DemoCommand(environment, daemon), "--keep", home.toString());
    }
}
