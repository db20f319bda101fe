package dev.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.testkit.Life;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.TaskBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateIndexTest {
    private static final TaskId ID = new TaskId("a");

    private final ManualTime time = new ManualTime();
    private final StateIndex index = new StateIndex(Snapshot.EMPTY);
    private long seq;

    @Test
    void a_whole_life_leaves_sums_and_one_line() {
        fold(Life.of("a"));
        Snapshot end = index.snapshot();
        assertThat(end.active()).isEmpty();
        assertThat(end.totals())
                .isEqualTo(new Snapshot.Totals(
                        1, Map.of(TaskStatus.SUCCEEDED, 1L), Map.of(), 0, 2, new BigDecimal("0.20"), 1, 0));
        assertThat(end.recent())
                .containsExactly(new Snapshot.FinishedTask(ID, "Title of a", TaskStatus.SUCCEEDED, time.now(), 20));
        assertThat(end.seq()).isEqualTo(seq);
        assertThat(end.position()).isEqualTo(new JournalPosition(1, seq));
    }

    @Test
    void a_running_task_shows_its_step_and_its_attempts() {
        fold(Life.of("a").subList(0, 13));
        TaskView view = index.active(ID).orElseThrow();
        assertThat(view.status()).isEqualTo(TaskStatus.RUNNING);
        assertThat(view.step()).isEqualTo(Step.EXECUTE);
        assertThat(view.attempts()).extracting(AttemptView::number).containsExactly(1, 2);
        assertThat(view.attempts().get(0).failure()).isNotNull();
        assertThat(view.attempts().get(0).counts().toolCalls()).isEqualTo(1);
        assertThat(view.openAttempt().map(AttemptView::run).map(AttemptView.Run::pid))
                .contains(4712L);
        assertThat(view.notBefore()).isNull();
    }

    @Test
    void a_task_between_two_attempts_waits_for_its_time() {
        fold(Life.of("a").subList(0, 10));
        TaskView view = index.active(ID).orElseThrow();
        assertThat(view.status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(view.notBefore()).isEqualTo(ManualTime.START.plusSeconds(9));
        assertThat(view.openAttempt()).isEmpty();
    }

    @Test
    void the_first_start_of_a_task_is_kept_over_its_retries() {
        fold(Life.of("a").subList(0, 2));
        time.advance(Duration.ofMinutes(1));
        fold(Life.of("a").subList(2, 12));
        assertThat(index.active(ID).orElseThrow().startedAt()).isEqualTo(ManualTime.START);
    }

    @Test
    void how_far_a_task_is_never_falls_within_a_turn() {
        fold(List.of(
                Life.accepted("a"),
                new TaskEvent.StepStarted(ID, 1, Step.EXECUTE),
                new TaskEvent.StepFinished(ID, 1, Step.EXECUTE, 1, 90),
                new TaskEvent.StepStarted(ID, 1, Step.ACCEPT),
                new TaskEvent.StepStarted(ID, 1, Step.EXECUTE)));
        assertThat(percent()).isEqualTo(Step.ACCEPT.percentBefore());
        fold(List.of(new TaskEvent.StepFinished(ID, 1, Step.EXECUTE, 1, 90)));
        assertThat(percent()).isEqualTo(Step.ACCEPT.percentBefore());
        fold(List.of(new TaskEvent.StepStarted(ID, 2, Step.PARSE)));
        assertThat(percent()).isZero();
    }

    private int percent() {
        return index.active(ID).orElseThrow().percent();
    }

    @Test
    void a_further_turn_begins_without_the_attempts_of_the_one_before() {
        fold(Life.of("a").subList(0, 15));
        fold(List.of(
                new TaskEvent.TurnFinished(ID, 1, TaskStatus.AWAITING_REPLY),
                new TaskEvent.StepStarted(ID, 2, Step.EXECUTE),
                new AttemptEvent.AttemptStarted(ID, 2, 1, "claude", "s-1", true, null)));
        TaskView view = index.active(ID).orElseThrow();
        assertThat(view.turn()).isEqualTo(2);
        assertThat(view.attempts()).extracting(AttemptView::turn).containsExactly(2);
    }

    /** Who counts tasks does not want to see one twice. */
    @Test
    void a_task_that_was_over_and_begins_anew_is_not_over() {
        fold(Life.of("a"));
        assertThat(index.snapshot().totals().over(TaskStatus.SUCCEEDED)).isOne();
        fold(List.of(new TaskEvent.TurnStarted(
                ID,
                2,
                "cli",
                TaskBuilder.task("a").build(),
                null,
                1,
                BigDecimal.ZERO,
                TaskStatus.SUCCEEDED,
                null,
                null,
                null)));
        assertThat(index.snapshot().totals().over(TaskStatus.SUCCEEDED)).isZero();
        assertThat(index.snapshot().recent()).isEmpty();
        fold(List.of(new TaskEvent.TaskFinished(ID, 2, TaskStatus.FAILED, "custom", null, 1, 5, null, 0, 0)));
        assertThat(index.snapshot().totals().over(TaskStatus.FAILED)).isOne();
        assertThat(index.snapshot().totals().finished()).containsEntry(TaskStatus.SUCCEEDED, 1L);
    }

    /** Nothing was begun, so it uses up no limit. */
    @Test
    void an_attempt_for_which_there_was_no_agent_is_not_counted() {
        fold(Life.of("a").subList(0, 2));
        long before = index.spent().total().attempts();
        fold(List.of(
                new AttemptEvent.AttemptStarted(ID, 1, 1, "claude", "s-1", false, null),
                new AttemptEvent.AttemptFinished(
                        ID,
                        1,
                        1,
                        Failure.of(FailureCategory.AGENT_MISSING, "there is no program"),
                        false,
                        null,
                        1,
                        0,
                        null,
                        null,
                        true)));
        assertThat(index.spent().total().attempts()).isEqualTo(before);
        assertThat(index.spent().today().attempts()).isEqualTo(before);
    }

    @Test
    void how_many_workers_there_are_is_what_the_settings_say_now() {
        fold(List.of(
                new DaemonEvent.DaemonStarted("0.1.0", 1, 3),
                new DaemonEvent.ConfigReloaded(
                        "file",
                        List.of(new DaemonEvent.ConfigReloaded.Change(
                                "workers", "3", "1", "orchestrator.yaml line 1")))));
        assertThat(index.snapshot().daemon().workers()).isOne();
    }

    @Test
    void an_event_about_a_task_that_is_over_changes_nothing_but_the_sums() {
        fold(Life.of("a"));
        fold(List.of(new TaskEvent.QuestionAsked(ID, 1, 2, "?"), new TaskEvent.TaskCancelled(ID, "late")));
        assertThat(index.snapshot().active()).isEmpty();
        assertThat(index.snapshot().totals().impossibleTransitions()).isZero();
    }

    @Test
    void an_event_that_contradicts_the_table_of_states_is_counted() {
        fold(List.of(Life.accepted("a"), new TaskEvent.TurnFinished(ID, 1, TaskStatus.AWAITING_APPROVAL)));
        assertThat(index.snapshot().totals().impossibleTransitions()).isEqualTo(1);
    }

    @Test
    void an_event_of_a_newer_version_means_nothing() {
        fold(List.of(new DaemonEvent.Unknown("warp_engaged")));
        assertThat(index.seq()).isEqualTo(1);
    }

    @Test
    void the_daemon_is_the_last_that_started_until_it_stops() {
        fold(List.of(
                new DaemonEvent.DaemonStarted("1", 10, 2),
                new DaemonEvent.DaemonStarted("2", 11, 3),
                new DaemonEvent.DaemonStopped("drained", List.of())));
        assertThat(index.snapshot().daemon())
                .isEqualTo(new Snapshot.DaemonView("2", 11, 3, time.now(), time.now(), "drained"));
    }

    @Test
    void a_death_of_the_daemon_is_counted_for_tasks_in_hand_that_no_agent_was_at_work_on() {
        DaemonEvent.DaemonStarted start = new DaemonEvent.DaemonStarted("1", 10, 2);
        fold(List.of(
                start,
                Life.accepted("parsed"),
                Life.accepted("runs"),
                Life.accepted("queued"),
                new TaskEvent.StepStarted(new TaskId("parsed"), 1, Step.PARSE),
                new TaskEvent.StepStarted(new TaskId("runs"), 1, Step.EXECUTE),
                new AttemptEvent.AttemptStarted(new TaskId("runs"), 1, 1, "claude", "s", false, null),
                start,
                new DaemonEvent.DaemonStopped("signal", List.of()),
                start));

        assertThat(index.active())
                .extracting(view -> view.id() + " " + view.notes().deaths())
                .containsExactly("parsed 1", "runs 0", "queued 0");
    }

    @Test
    void history_does_not_make_it_grow() {
        IntStream.range(0, 1000).forEach(i -> fold(Life.of("t" + i)));
        Snapshot end = index.snapshot();
        assertThat(end.active()).isEmpty();
        assertThat(end.recent()).hasSize(20);
        assertThat(end.recent().get(0).taskId()).isEqualTo(new TaskId("t999"));
        assertThat(end.totals().accepted()).isEqualTo(1000);
        assertThat(end.totals().costUsd()).isEqualByComparingTo("200");
    }

    private void fold(List<? extends Event> events) {
        events.forEach(event -> index.written(new JournalEntry(++seq, time.now(), event), new JournalPosition(1, seq)));
    }
}
