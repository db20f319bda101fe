package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says and answers when the daemon has ended. */
class RunCommandTest {
    private TestCli cli;

    @BeforeEach
    void home(@TempDir Path home) {
        cli = new TestCli(home);
    }

    @Test
    void once_ends_with_0_when_everything_succeeded() {
        assertThat(run(new DaemonRunner.Result.Stopped(2, 0, 0, 0, 0, List.of()), "--once"))
                .isZero();
        assertThat(cli.out()).contains("Stopped: 2 succeeded, 0 failed, 0 unfinished, 0 rejected.");
    }

    @Test
    void once_ends_with_1_and_says_how_many_when_files_were_rejected() {
        assertThat(run(new DaemonRunner.Result.Stopped(2, 0, 0, 0, 3, List.of()), "--once"))
                .isEqualTo(1);
        assertThat(cli.out()).contains("3 rejected", "tasks/rejected/");
    }

    @Test
    void once_ends_with_1_and_names_the_file_that_could_not_be_taken_in() {
        assertThat(run(new DaemonRunner.Result.Stopped(2, 0, 0, 0, 0, List.of("tasks/shut.task.md")), "--once"))
                .isEqualTo(1);
        assertThat(cli.out()).contains("tasks/shut.task.md could not be taken in");
    }

    @Test
    void once_ends_with_4_when_nothing_but_the_agent_was_missing() {
        assertThat(run(new DaemonRunner.Result.Stopped(1, 2, 2, 0, 0, List.of()), "--once"))
                .isEqualTo(4);
        assertThat(cli.out()).contains("2 failed because there is no agent", "`doctor`", "claude.command");
    }

    @Test
    void once_ends_with_1_when_something_else_went_wrong_too() {
        assertThat(run(new DaemonRunner.Result.Stopped(1, 2, 1, 0, 0, List.of()), "--once"))
                .isEqualTo(1);
        assertThat(run(new DaemonRunner.Result.Stopped(1, 2, 2, 1, 0, List.of()), "--once"))
                .isEqualTo(1);
        assertThat(run(new DaemonRunner.Result.Stopped(1, 2, 2, 0, 1, List.of()), "--once"))
                .isEqualTo(1);
        assertThat(run(new DaemonRunner.Result.Stopped(1, 2, 2, 0, 0, List.of("tasks/shut.task.md")), "--once"))
                .isEqualTo(1);
    }

    @Test
    void a_daemon_that_was_stopped_has_not_failed() {
        assertThat(run(new DaemonRunner.Result.Stopped(2, 1, 0, 1, 1, List.of())))
                .isZero();
    }

    private int run(DaemonRunner.Result result, String... args) {
        return cli.run("run", new RunCommand(Map.of(), (request, listener) -> result), args);
    }
}
