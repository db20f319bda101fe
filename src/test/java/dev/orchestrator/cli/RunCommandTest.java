package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says and answers when the daemon has ended. */
class RunCommandTest {
    private TestCli cli;

    private static final Hold NO_AGENT =
            new Hold(Hold.Cause.AGENT_MISSING, null, "there is no agent", "Install it.", Instant.EPOCH, null);
    private static final Hold PAUSED =
            new Hold(Hold.Cause.PERSON, null, "paused by cli", "`resume` goes on.", Instant.EPOCH, null);

    @BeforeEach
    void home(@TempDir Path home) {
        cli = new TestCli(home);
    }

    @Test
    void once_ends_with_0_when_everything_succeeded() {
        assertThat(run(
                        new DaemonRunner.Result.Stopped(
                                Map.of(TaskStatus.SUCCEEDED, 2L), 0, 0, List.of(), List.of(), List.of()),
                        "--once"))
                .isZero();
        assertThat(cli.out()).contains("Stopped: 2 succeeded, 0 failed, 0 unfinished, 0 rejected.");
    }

    @Test
    void once_ends_with_1_and_says_how_many_when_files_were_rejected() {
        assertThat(run(
                        new DaemonRunner.Result.Stopped(
                                Map.of(TaskStatus.SUCCEEDED, 2L), 0, 3, List.of(), List.of(), List.of()),
                        "--once"))
                .isEqualTo(1);
        assertThat(cli.out()).contains("3 rejected", "tasks/rejected/");
    }

    @Test
    void once_ends_with_1_and_names_the_file_that_could_not_be_taken_in() {
        assertThat(run(
                        new DaemonRunner.Result.Stopped(
                                Map.of(TaskStatus.SUCCEEDED, 2L),
                                0,
                                0,
                                List.of("tasks/shut.task.md"),
                                List.of(),
                                List.of()),
                        "--once"))
                .isEqualTo(1);
        assertThat(cli.out()).contains("tasks/shut.task.md could not be taken in");
    }

    @Test
    void once_ends_with_4_when_nothing_is_wrong_but_that_there_is_no_agent() {
        assertThat(run(stopped(0, 2, 0, NO_AGENT), "--once")).isEqualTo(4);
        assertThat(cli.out()).contains("2 unfinished", "No task is started: there is no agent. Install it.");
    }

    @Test
    void once_ends_with_1_when_something_else_went_wrong_too() {
        assertThat(run(stopped(1, 2, 0, NO_AGENT), "--once")).isEqualTo(1);
        assertThat(run(stopped(0, 2, 1, NO_AGENT), "--once")).isEqualTo(1);
        assertThat(run(stopped(0, 2, 0, PAUSED), "--once")).isEqualTo(1);
        assertThat(run(
                        new DaemonRunner.Result.Stopped(
                                Map.of(TaskStatus.SUCCEEDED, 1L),
                                2,
                                0,
                                List.of("tasks/shut.task.md"),
                                List.of(NO_AGENT),
                                List.of()),
                        "--once"))
                .isEqualTo(1);
    }

    @Test
    void what_somebody_cancelled_did_not_fail_and_did_not_succeed_either() {
        assertThat(run(
                        new DaemonRunner.Result.Stopped(
                                Map.of(TaskStatus.SUCCEEDED, 2L, TaskStatus.CANCELLED, 1L),
                                0,
                                0,
                                List.of(),
                                List.of(),
                                List.of()),
                        "--once"))
                .isEqualTo(1);
        assertThat(cli.out()).contains("Stopped: 2 succeeded, 0 failed, 1 cancelled, 0 unfinished, 0 rejected.");
    }

    @Test
    void a_daemon_that_was_stopped_has_not_failed() {
        assertThat(run(new DaemonRunner.Result.Stopped(
                        Map.of(TaskStatus.SUCCEEDED, 2L, TaskStatus.FAILED, 1L),
                        1,
                        1,
                        List.of(),
                        List.of(),
                        List.of())))
                .isZero();
    }

    private static DaemonRunner.Result stopped(long failed, int unfinished, long rejected, Hold hold) {
        return new DaemonRunner.Result.Stopped(
                Map.of(TaskStatus.SUCCEEDED, 1L, TaskStatus.FAILED, failed),
                unfinished,
                rejected,
                List.of(),
                List.of(hold),
                List.of());
    }

    private int run(DaemonRunner.Result result, String... args) {
        return cli.run("run", new RunCommand(Map.of(), (request, listener) -> result), args);
    }
}
