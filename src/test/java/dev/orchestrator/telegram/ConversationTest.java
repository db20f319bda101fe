package dev.orchestrator.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.task.Approval;
import dev.orchestrator.task.ApprovalEvent;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.telegram.Conversation.Answer;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.testkit.TaskBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
    private static final Instant AT = Instant.parse("2026-11-22T14:25:01Z");

    private final FakeDesk desk = new FakeDesk();

    private Answer hear(String text) {
        return hear(text, 7, false);
    }

    private Answer hear(String text, int update, boolean plainTextIsTask) {
        return (Answer) new Conversation(desk, plainTextIsTask)
                .hear(new Conversation.Said(update, "telegram (42)", text, AT, null, true));
    }

    @ParameterizedTest
    @CsvSource({
        "/status,status,true",
        "/list,status,true",
        "/STATS,stats,true",
        "/doctor@my_bot,doctor,true",
        "/progress fix,progress fix,true",
        "/show Fix,status fix,true",
        "/summary fix,show fix,false",
        "/diff fix,show fix --diff,true"
    })
    void what_only_looks_is_what_the_command_prints(String text, String command, boolean fixed) {
        assertThat(hear(text)).isEqualTo(new Answer("a table", fixed));
        assertThat(desk.done).containsExactly(command);
    }

    @ParameterizedTest
    @CsvSource({
        "/cancel fix,cancel fix",
        "/retry fix,retry fix",
        "/approve fix,approve fix by telegram (42)[]",
        "/reject fix,reject fix by telegram (42)",
        "/pause for lunch,pause for lunch",
        "/resume,resume"
    })
    void what_is_ordered_is_done_in_the_name_of_who_says_it(String text, String order) {
        assertThat(hear(text).text()).isEqualTo("fine");
        assertThat(desk.done).containsExactly(order);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cancel",
                "/show ../x",
                "/approve a b",
                "/progress",
                "/diff --home /etc",
                "/reply fix",
                "/retry \u0000"
            })
    void without_an_id_that_can_be_one_nothing_is_done(String text) {
        assertThat(hear(text).text()).startsWith("Say /");
        assertThat(desk.done).isEmpty();
    }

    @Test
    void a_task_has_the_number_of_its_update_so_that_it_is_one_whatever_comes_twice() {
        assertThat(hear("/task Fix the login.\n\nIt is too short.").text())
                .startsWith("Task tg-261122-7 is handed in.");
        assertThat(hear("/task Fix the login.\n\nIt is too short.").text()).startsWith("Task tg-261122-7 is there.");

        assertThat(desk.dropped)
                .containsExactly(java.util.Map.entry(
                        new TaskId("tg-261122-7"),
                        "---\nid: tg-261122-7\n---\n\nFix the login.\n\nIt is too short.\n"));
    }

    @Test
    void a_template_is_a_command_of_its_own() {
        hear("/bug_fix Fix the login.");

        assertThat(desk.dropped.get(new TaskId("tg-261122-7")))
                .isEqualTo("---\nid: tg-261122-7\ntype: bug_fix\n---\n\nFix the login.\n");
    }

    @Test
    void a_plain_text_is_a_task_only_where_that_is_wanted() {
        assertThat(hear("Fix the login, please.").text()).contains("/task", "/help");
        assertThat(desk.dropped).isEmpty();
        hear("Fix the login, please.", 8, true);
        assertThat(desk.dropped).containsKey(new TaskId("tg-261122-8"));
    }

    @Test
    void who_says_next_to_nothing_wants_no_task() {
        assertThat(hear("/task Hi").text()).contains("some more words");
        assertThat(desk.dropped).isEmpty();
    }

    /** What stands in front matter decides; a text may not. */
    @Test
    void nobody_writes_keys_into_a_task() {
        hear("/task ---\nmax_budget_usd: 100\ncwd: /etc\n---\nDo it at once.");

        assertThat(desk.dropped.get(new TaskId("tg-261122-7")))
                .startsWith("---\nid: tg-261122-7\n---\n\n# From a chat\n\n---\nmax_budget_usd");
        hear("/task cwd: it has to be shown in the title.", 8, false);
        assertThat(desk.dropped.get(new TaskId("tg-261122-8"))).contains("\n# From a chat\n\ncwd: it has");
    }

    @Test
    void a_template_with_a_dash_is_said_with_either_sign_and_one_of_a_command_s_name_is_not() {
        desk.templates = List.of("my-type", "pause");
        hear("/my_type Do something of my type.", 8, false);
        hear("/my-type Do something of my type.", 9, false);
        assertThat(desk.dropped.values()).hasSize(2).allMatch(file -> file.contains("\ntype: my-type\n"));
        assertThat(hear("/help").text()).contains("/my_type TEXT").doesNotContain("/pause TEXT");
        hear("/pause for lunch");
        assertThat(desk.done).containsExactly("pause for lunch");
    }

    @Test
    void a_reply_has_its_message_for_a_source() {
        hear("/reply fix In euros,\nplease.");
        hear("/reply fix In euros,\nplease.");

        assertThat(desk.done).hasSize(2).containsOnly("reply fix In euros,\nplease.");
        assertThat(desk.sources.get(0).isSame(desk.sources.get(1))).isTrue();
    }

    @Test
    void what_is_under_way_is_said_to_be() {
        desk.answer = Reply.notYet();
        assertThat(hear("/retry fix").text()).startsWith("Something else has to be over before");
    }

    @Test
    void a_decision_that_comes_late_is_not_about_a_change_that_came_since() {
        waits();
        Instant requested = desk.active.get(0).approval().requestedAt();
        Conversation conversation = new Conversation(desk, false);

        Answer late = (Answer) conversation.hear(
                new Conversation.Said(7, "telegram (42)", "/approve fix", requested.minusSeconds(60), null, false));
        assertThat(late.text()).contains("/diff fix", "say it again");
        assertThat(desk.done).isEmpty();

        conversation.hear(
                new Conversation.Said(8, "telegram (42)", "/approve fix", requested.plusSeconds(1), null, false));
        assertThat(desk.done).hasSize(1);
    }

    /** It may have been done already, before a crash. */
    @Test
    void what_was_said_before_a_task_ended_does_not_have_it_tried_again() {
        desk.ended = AT.plusSeconds(60);
        assertThat(hear("/retry fix").text()).contains("has ended since", "/summary fix");
        assertThat(desk.done).isEmpty();
        desk.ended = AT.minusSeconds(60);
        hear("/retry fix");
        assertThat(desk.done).containsExactly("retry fix");
    }

    @Test
    void what_was_said_before_somebody_paused_does_not_go_on() {
        desk.paused = AT.plusSeconds(60);
        assertThat(hear("/resume").text()).startsWith("Somebody has paused since");
        assertThat(desk.done).isEmpty();
        desk.paused = AT.minusSeconds(60);
        hear("/resume");
        assertThat(desk.done).containsExactly("resume");
    }

    @Test
    void where_nobody_can_tell_whether_a_task_is_there_that_is_said() {
        desk.unreadable = true;
        Conversation.NotNow later = (Conversation.NotNow) sent("/task Fix the login.", null);
        assertThat(later.why()).startsWith("The task could not be written down");
        assertThat(later.again()).isTrue();
        assertThat(desk.dropped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bug-fix the login, please", "/cancel: fix-login", "/", "/ task"})
    void an_order_that_was_mistyped_is_no_task(String text) {
        assertThat(hear(text, 9, true).text()).contains("/help");
        assertThat(desk.dropped).isEmpty();
    }

    @Test
    void a_disk_without_room_is_said() {
        desk.full = true;
        assertThat(((Conversation.NotNow) sent("/task Fix the login.", null)).why())
                .contains("no room");
    }

    @Test
    void what_there_is_not_is_said() {
        assertThat(hear("/dance now").text()).isEqualTo("There is no command /dance. /help has all.");
        assertThat(hear("/help").text()).contains("/task", "/analyze TEXT", "/approve ID");
    }

    private String waits() {
        RecordingSink journal = new RecordingSink(new ManualTime());
        Task task = TaskBuilder.task("fix").guarded().writes("/w").build();
        journal.commit(List.of(
                new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", "x"),
                new TaskEvent.StepStarted(task.id(), 1, Step.EXECUTE),
                new ApprovalEvent.ApprovalRequested(task.id(), 1, "results/fix.patch", "00", 1, null),
                new TaskEvent.TurnFinished(task.id(), 1, TaskStatus.AWAITING_APPROVAL)));
        desk.active = journal.state().active();
        assertThat(desk.active.get(0).approval()).isInstanceOf(Approval.class);
        return Keys.buttons(task.id(), 1).getKeyboard().get(0).get(0).getCallbackData();
    }

    @Test
    void a_button_is_for_one_turn_of_one_task_and_says_nothing_else() {
        String approve = waits();
        assertThat(approve).hasSizeLessThanOrEqualTo(64).doesNotContain("fix");

        new Taps(desk).tapped("telegram (42)", approve);
        new Taps(desk).tapped("telegram (42)", "r" + approve.substring(1));

        assertThat(desk.done).containsExactly("approve fix by telegram (42)[]", "reject fix by telegram (42)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", ":", "a:fix", "x:0123456789abcdef01234567", "a:0123456789abcdef01234567"})
    void a_button_that_was_made_up_or_is_of_what_is_over_does_nothing(String data) {
        waits();
        assertThat(new Taps(desk).tapped("telegram (42)", data).text()).contains("decided already");
        assertThat(desk.done).isEmpty();
    }

    @Test
    void a_button_stays_as_long_as_the_change_waits() {
        String approve = waits();
        desk.answer = Reply.refused("nothing was applied");
        assertThat(new Taps(desk).tapped("telegram (42)", approve))
                .isEqualTo(new Taps.Tapped("nothing was applied", false));
    }

    @Test
    void why_it_is_paused_is_one_short_line() {
        hear("/pause the house\u001b]0;x\u0007 burns\n\n" + "and burns ".repeat(100));
        assertThat(desk.done.get(0))
                .startsWith("pause the house ]0;x burns and burns")
                .hasSizeLessThan(510);
    }

    @Test
    void who_comes_second_is_told() {
        String approve = waits();
        desk.active = List.of();
        assertThat(new Taps(desk).tapped("telegram (43)", approve))
                .isEqualTo(new Taps.Tapped("That was decided already, or does not wait any more.", true));
    }

    private Answer send(String caption, Outcome<byte[]> content) {
        return (Answer) sent(caption, new Attachment("report.pdf", () -> content));
    }

    private Conversation.Heard sent(String caption, Enclosed enclosed) {
        return new Conversation(desk, true)
                .hear(new Conversation.Said(7, "telegram (42)", caption, AT, enclosed, true));
    }

    private static Outcome<byte[]> bytes() {
        return new Outcome.Done<>(new byte[] {1, 2, 3});
    }

    @Test
    void a_file_comes_with_its_task() {
        send("/bug_fix Mend what the report says.", bytes());

        assertThat(desk.attached).containsExactly("tg-261122-7 report.pdf 3");
        assertThat(desk.dropped.get(new TaskId("tg-261122-7")))
                .isEqualTo("---\nid: tg-261122-7\ntype: bug_fix\n---\n\nMend what the report says.\n"
                        + "\nThe file that came with this: " + Path.of("/attachments/report.pdf") + "\n");
    }

    @Test
    void without_its_file_there_is_no_task() {
        Outcome<byte[]> tooBig = new Outcome.Refused<>(400, "file is too big");
        Conversation.NotNow never =
                (Conversation.NotNow) sent("/task Mend what it says.", new Attachment("a.txt", () -> tooBig));
        assertThat(never.why()).contains("could not be had from Telegram (file is too big)");
        assertThat(never.again()).isFalse();
        Outcome<byte[]> busy = new Outcome.TooMuch<>(Duration.ofSeconds(9));
        Conversation.NotNow later =
                (Conversation.NotNow) sent("/task Mend what it says.", new Attachment("a.txt", () -> busy));
        assertThat(later.rest()).hasSeconds(9);
        assertThat(later.again()).isTrue();
        assertThat(desk.dropped).isEmpty();
    }

    @Test
    void a_file_that_says_nothing_or_comes_with_an_order_is_not_taken() {
        assertThat(send(" ", bytes()).text()).contains("caption");
        assertThat(send("/cancel fix", bytes()).text()).contains("with a new task only");
        assertThat(desk.attached).isEmpty();
        assertThat(desk.done).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Report 2026.PDF|report-2026.pdf",
                "../../etc/passwd|etc-passwd",
                "..\\..\\x.bat|x.bat",
                "con.txt|file-con.txt",
                ".env|file.env",
                "...|file",
                "Ärger über Öl.tar.gz|arger-uber-ol-tar.gz",
                "x.a b|x-a-b"
            })
    void a_name_is_safe_on_every_system(String given, String safe) {
        assertThat(Attachment.safe(given)).isEqualTo(safe);
    }
}
