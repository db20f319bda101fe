package dev.orchestrator.view;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.task.ApprovalEvent;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusQueryTest {
    @Test
    void the_clock_of_a_task_stops_when_it_begins_to_wait_for_a_person(@TempDir Path root) throws IOException {
        ManualTime time = new ManualTime();
        Home home = new Home(root);
        home.prepare();
        TaskId asks = new TaskId("asks");
        TaskId staged = new TaskId("staged");
        try (Journal journal = Journal.open(home.journal(), 1 << 20, Journal.Trusted.NOTHING, time, Thread::new)) {
            journal.start(List.of());
            for (TaskId id : List.of(asks, staged)) {
                Task task = task(id.value()).build();
                journal.commit(List.of(
                        new TaskEvent.TaskAccepted(id, task, null, "utf-8", "Fix"),
                        new TaskEvent.StepStarted(id, 1, Step.EXECUTE)));
            }
            time.advance(Duration.ofSeconds(41));
            journal.commit(List.of(
                    new TaskEvent.QuestionAsked(asks, 1, 1, "In euros?"),
                    new TaskEvent.TurnFinished(asks, 1, TaskStatus.AWAITING_REPLY),
                    new ApprovalEvent.ApprovalRequested(staged, 1, "summaries/staged.patch", "0".repeat(64), 1, null),
                    new TaskEvent.TurnFinished(staged, 1, TaskStatus.AWAITING_APPROVAL)));
            time.advance(Duration.ofHours(3));
            journal.commit(List.of(new TaskEvent.TaskCancelled(asks, "cli")));
        }
        DaemonInfo.ofThisProcess(time.now(), "0.1.0").write(home.daemonInfo());
        time.advance(Duration.ofHours(3));

        assertThat(new StatusQuery(home, time).report().waiting())
                .extracting(TaskReport::elapsedMs)
                .containsExactly(41_000L, 41_000L);
    }

    @Test
    void a_disk_that_takes_nothing_is_what_a_queued_task_waits_for(@TempDir Path root) throws IOException {
        ManualTime time = new ManualTime();
        Home home = new Home(root);
        home.prepare();
        Task task = task("a").build();
        try (Journal journal = Journal.open(home.journal(), 1 << 20, Journal.Trusted.NOTHING, time, Thread::new)) {
            journal.start(List.of());
            journal.commit(List.of(new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", "Fix")));
        }
        StatusQuery query = new StatusQuery(home, time, (told, now) -> FullDisk.with(told, home.logs(), 0, now));

        assertThat(query.report().queued().get(0).waitsFor()).containsExactly("paused: disk");
        assertThat(query.task(task.id()).orElseThrow().waitsFor()).containsExactly("paused: disk");
        assertThat(query.report().holds()).extracting(Hold::cause).containsExactly(Hold.Cause.DISK);
    }
}
