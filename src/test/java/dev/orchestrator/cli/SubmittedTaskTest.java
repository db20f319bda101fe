package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.cli.SubmittedTask.Outcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.TaskBuilder;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SubmittedTaskTest {
    private static final Optional<Duration> SHORT = Optional.of(Duration.ofMillis(250));
    private static final TaskId ID = new TaskId("fix");

    private Home home;
    private Journal journal;

    @BeforeEach
    void daemon(@TempDir Path root) throws IOException {
        home = new Home(root);
        Files.createDirectories(home.logs());
        DaemonInfo.ofThisProcess(Instant.EPOCH, "1").write(home.daemonInfo());
        journal = Journal.open(home.journal(), 1 << 20, Journal.Trusted.NOTHING, TimeSource.system(), Thread::new);
        journal.start(List.of());
    }

    @AfterEach
    void stop() throws IOException {
        journal.close();
    }

    @Test
    void the_end_of_the_task_that_was_made_of_the_file_is_the_outcome() throws Exception {
        SubmittedTask task = submitted();
        journal.commit(List.of(accepted(ID, "a.task.md", "s1"), finished(ID, TaskStatus.FAILED)));

        assertThat(task.await("a.task.md", "s1", Optional.empty())).isEqualTo(new Outcome.Ended(ID, TaskStatus.FAILED));
    }

    @Test
    void other_tasks_and_earlier_ones_of_the_same_file_do_not_count() throws Exception {
        journal.commit(List.of(accepted(ID, "a.task.md", "s1"), finished(ID, TaskStatus.SUCCEEDED)));
        SubmittedTask task = submitted();
        TaskId other = new TaskId("other");
        journal.commit(List.of(
                accepted(other, "b.task.md", "s1"),
                finished(other, TaskStatus.SUCCEEDED),
                new DaemonEvent.TaskRejected("b.task.md", "x", "s1", "r", null, "m"),
                new DaemonEvent.TaskRejected("a.task.md", "x", "s2", "r", null, "m")));

        assertThat(task.await("a.task.md", "s1", SHORT)).isEqualTo(new Outcome.OutOfTime(Optional.empty()));
    }

    @Test
    void a_rejected_file_is_told_with_its_reason() throws Exception {
        SubmittedTask task = submitted();
        DaemonEvent.TaskRejected event = new DaemonEvent.TaskRejected(
                "a.task.md", "tasks/rejected/a.task.md", "s1", "The reason", 3, "The remedy.");
        journal.commit(event);

        assertThat(task.await("a.task.md", "s1", Optional.empty())).isEqualTo(new Outcome.Rejected(event));
    }

    @Test
    void a_task_that_waits_for_a_person_ends_the_wait() throws Exception {
        SubmittedTask task = submitted();
        journal.commit(
                List.of(accepted(ID, "a.task.md", "s1"), new TaskEvent.TurnFinished(ID, 1, TaskStatus.AWAITING_REPLY)));

        assertThat(task.await("a.task.md", "s1", Optional.empty()))
                .isEqualTo(new Outcome.Ended(ID, TaskStatus.AWAITING_REPLY));
    }

    @Test
    void a_task_that_is_not_over_in_time_is_named() throws Exception {
        SubmittedTask task = submitted();
        journal.commit(accepted(ID, "a.task.md", "s1"));

        assertThat(task.await("a.task.md", "s1", SHORT)).isEqualTo(new Outcome.OutOfTime(Optional.of(ID)));
    }

    @Test
    void a_daemon_that_goes_ends_the_wait() throws Exception {
        SubmittedTask task = submitted();
        journal.commit(accepted(ID, "a.task.md", "s1"));
        Files.delete(home.daemonInfo());

        assertThat(task.await("a.task.md", "s1", Optional.empty())).isEqualTo(new Outcome.DaemonGone(Optional.of(ID)));
    }

    private SubmittedTask submitted() throws IOException {
        return new SubmittedTask(home, hold -> {}, TimeSource.system());
    }

    private static TaskEvent accepted(TaskId id, String file, String sha256) {
        Task task = TaskBuilder.task(id.value()).from(file, sha256).build();
        return new TaskEvent.TaskAccepted(id, task, null, "utf-8", "x");
    }

    private static TaskEvent finished(TaskId id, TaskStatus status) {
        return new TaskEvent.TaskFinished(id, 1, status, "custom", null, 1, 10, null, 0, 0);
    }
}
