package dev.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.ApprovalEvent;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.Notice.Kind;
import dev.orchestrator.task.NoticeEvent.ChannelClosed;
import dev.orchestrator.task.NoticeEvent.ChannelOpened;
import dev.orchestrator.task.NoticeEvent.NoticeRefused;
import dev.orchestrator.task.NoticeEvent.NoticeSent;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.testkit.TaskBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxFoldTest {
    private final RecordingSink journal = new RecordingSink(new ManualTime());

    private void accept(String id) {
        Task task = TaskBuilder.task(id).title("Fix " + id).writes("/w").build();
        journal.commit(List.of(
                new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", "x"),
                new TaskEvent.StepStarted(task.id(), 1, Step.EXECUTE)));
    }

    private void ends(String id, TaskStatus status) {
        TaskId task = new TaskId(id);
        FailureCategory why = status == TaskStatus.FAILED ? FailureCategory.MAX_TURNS : null;
        journal.commit(List.of(
                new TaskEvent.TurnFinished(task, 1, status),
                new TaskEvent.TaskFinished(task, 1, status, "bug_fix", why, 1, 900, null, 1, 1)));
    }

    private void happens(Event... events) {
        journal.commit(List.of(events));
    }

    private Outbox outbox() {
        return journal.state().outbox();
    }

    private List<Kind> kinds(String channel) {
        return outbox().pending(channel).stream().map(Notice::kind).toList();
    }

    @Test
    void where_nobody_is_told_nothing_is_kept() {
        accept("a");
        ends("a", TaskStatus.SUCCEEDED);

        assertThat(outbox()).isEqualTo(Outbox.EMPTY);
    }

    @Test
    void what_a_person_may_want_to_hear_is_kept_from_when_there_is_somebody() {
        accept("before");
        ends("before", TaskStatus.SUCCEEDED);
        happens(new ChannelOpened("webhook"));
        accept("a");
        ends("a", TaskStatus.SUCCEEDED);
        accept("b");
        ends("b", TaskStatus.FAILED);
        accept("c");
        happens(new TaskEvent.TurnFinished(new TaskId("c"), 1, TaskStatus.AWAITING_REPLY));
        accept("d");
        ends("d", TaskStatus.CANCELLED);
        happens(
                new DaemonEvent.QueuePaused(Hold.Cause.BUDGET, null, "the day's money is spent.", "Wait.", null, "x"),
                new DaemonEvent.QueuePaused(Hold.Cause.PERSON, null, "paused", "`resume`", null, "cli"),
                new DaemonEvent.QueueResumed(Hold.Cause.BUDGET, null, "a new day", "x"),
                new DaemonEvent.ConfigRefused("file", List.of("retries: many")));

        assertThat(kinds("webhook"))
                .containsExactly(Kind.SUCCEEDED, Kind.FAILED, Kind.WAITING, Kind.PAUSED, Kind.RESUMED, Kind.SETTINGS);
        Notice failed = outbox().pending("webhook").get(1);
        assertThat(failed.taskId()).isEqualTo(new TaskId("b"));
        assertThat(failed.title()).isEqualTo("Fix b");
        assertThat(failed.text()).isEqualTo("max_turns");
    }

    private void isRejected(String id, String by) {
        accept(id);
        TaskId task = new TaskId(id);
        happens(
                new ApprovalEvent.ApprovalRequested(task, 1, "results/a.patch", "00", 1, null),
                new TaskEvent.TurnFinished(task, 1, TaskStatus.AWAITING_APPROVAL),
                new ApprovalEvent.ApprovalRejected(task, 1, by, "nobody approved it in time"));
        ends(id, TaskStatus.REJECTED);
    }

    /** Whoever rejected it knows. */
    @Test
    void a_change_that_waited_too_long_is_told_of() {
        happens(new ChannelOpened("webhook"));
        isRejected("a", "cli");
        isRejected("b", "orchestrator");

        assertThat(kinds("webhook")).containsExactly(Kind.WAITING, Kind.WAITING, Kind.FAILED);
        Notice expired = outbox().pending("webhook").get(2);
        assertThat(expired.taskId()).isEqualTo(new TaskId("b"));
        assertThat(expired.text()).isEqualTo("nobody approved it in time");
    }

    /** Whoever handed it in from a chat sees no other sign of it. */
    @Test
    void a_file_that_became_no_task_is_told_of() {
        happens(
                new ChannelOpened("webhook"),
                new DaemonEvent.TaskRejected("tg-7.task.md", "x", "00", "No such type", 3, "Take another"));

        Notice notice = outbox().pending("webhook").get(0);
        assertThat(notice.kind()).isEqualTo(Kind.FAILED);
        assertThat(notice.title()).isEqualTo("tg-7.task.md");
        assertThat(notice.text()).isEqualTo("No such type. Take another");
    }

    @Test
    void an_agent_that_goes_on_reaching_is_told_of_once_until_that_was_heard() {
        happens(new ChannelOpened("webhook"));
        accept("a");
        AttemptEvent.SecurityViolation reaches =
                new AttemptEvent.SecurityViolation(new TaskId("a"), 1, 1, "Write", "../x", "/x", "outside");
        happens(reaches, reaches, reaches);
        assertThat(kinds("webhook")).containsExactly(Kind.SECURITY);

        happens(new NoticeSent("webhook", outbox().pending("webhook").get(0).seq()), reaches);
        assertThat(kinds("webhook")).containsExactly(Kind.SECURITY);
    }

    @Test
    void each_channel_is_told_everything_and_what_all_were_told_is_forgotten() {
        happens(new ChannelOpened("webhook"), new ChannelOpened("telegram"));
        for (String id : List.of("a", "b", "c")) {
            accept(id);
            ends(id, TaskStatus.SUCCEEDED);
        }
        List<Notice> all = outbox().pending("webhook");

        happens(new NoticeSent("webhook", all.get(1).seq()));
        assertThat(outbox().pending("webhook")).containsExactly(all.get(2));
        assertThat(outbox().pending("telegram")).isEqualTo(all);
        assertThat(outbox().pending()).hasSize(3);

        happens(new NoticeRefused("telegram", all.get(0).seq(), "too long"));
        assertThat(outbox().pending()).hasSize(2);
        happens(new ChannelClosed("telegram"));
        assertThat(outbox().pending()).hasSize(1);
        happens(new ChannelClosed("webhook"));
        assertThat(outbox()).isEqualTo(Outbox.EMPTY);
    }

    @Test
    void an_older_word_of_what_was_told_takes_nothing_back() {
        happens(new ChannelOpened("webhook"));
        accept("a");
        ends("a", TaskStatus.SUCCEEDED);
        long told = outbox().pending("webhook").get(0).seq();
        happens(new NoticeSent("webhook", told), new NoticeSent("webhook", told - 3), new ChannelOpened("webhook"));

        assertThat(outbox().channels()).containsEntry("webhook", told);
        assertThat(outbox().pending("webhook")).isEmpty();
    }

    @Test
    void what_nobody_takes_for_long_is_dropped_from_its_beginning_and_counted() {
        happens(new ChannelOpened("webhook"));
        for (int i = 0; i < 2_005; i++) {
            happens(new DaemonEvent.ConfigRefused("file", List.of("problem " + i)));
        }

        assertThat(outbox().pending()).hasSize(2_000);
        assertThat(outbox().dropped()).isEqualTo(5);
        assertThat(outbox().pending("webhook").get(0).text()).isEqualTo("problem 5");
    }

    @Test
    void whoever_goes_on_from_what_was_saved_has_the_same() {
        happens(new ChannelOpened("webhook"));
        accept("a");
        ends("a", TaskStatus.FAILED);
        Snapshot saved = journal.state().snapshot();

        assertThat(new StateIndex(saved).outbox()).isEqualTo(outbox());
    }
}
