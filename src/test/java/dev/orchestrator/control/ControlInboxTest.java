package dev.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.config.Home;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.json.Records;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlInboxTest {
    private final Desk desk = new Desk();
    private Home home;
    private ControlInbox inbox;

    /** Does what it is told, but no retry as long as a task is being cancelled. */
    private static final class Desk implements Commands {
        final List<String> done = new ArrayList<>();
        boolean cancelling;

        @Override
        public Reply cancel(TaskId id, String by) {
            done.add("cancel " + id);
            return Reply.done("cancelled");
        }

        @Override
        public Reply retry(TaskId id, String by) {
            if (cancelling) {
                return Reply.notYet();
            }
            done.add("retry " + id);
            return Reply.done("retried");
        }

        @Override
        public Reply reply(TaskId id, String by, String message) {
            done.add("reply " + id + ' ' + message);
            return Reply.done("goes on");
        }

        @Override
        public Reply approve(TaskId id, String by, List<String> files) {
            done.add("approve " + id + files);
            return Reply.done("approved");
        }

        @Override
        public Reply reject(TaskId id, String by, @Nullable String reason) {
            done.add("reject " + id + ' ' + reason);
            return Reply.done("rejected");
        }

        @Override
        public Reply undo(TaskId id, String by) {
            done.add("undo " + id);
            return Reply.done("undone");
        }

        @Override
        public Reply pause(String by, String reason) {
            done.add("pause");
            return Reply.done("paused");
        }

        @Override
        public Reply resume(String by) {
            done.add("resume");
            return Reply.done("resumed");
        }

        @Override
        public Reply clean(Cleaning.Kind kind, Duration age) {
            done.add("clean " + kind + ' ' + age.toDays());
            return Reply.done("removed");
        }

        @Override
        public Reply prune(Optional<Duration> age) {
            done.add("prune " + age.map(Duration::toDays));
            return Reply.done("done");
        }

        @Override
        public Reply reload(String by) {
            done.add("reload");
            return Reply.done("read again");
        }
    }

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        home.prepare();
        inbox = new ControlInbox(home, desk, Redactor.SHAPES_ONLY, new ManualTime());
    }

    @Test
    void what_cannot_be_done_yet_waits_and_keeps_no_other_from_being_done() throws IOException {
        desk.cancelling = true;
        give("1", "retry", "a");
        give("2", "pause", null);
        give("3", "retry", "b");
        inbox.look();
        assertThat(desk.done).containsExactly("pause");
        assertThat(home.control().resolve("1.json")).exists();

        desk.cancelling = false;
        inbox.look();
        assertThat(desk.done).containsExactly("pause", "retry a", "retry b");
        assertThat(home.control().resolve("1.json")).doesNotExist();
    }

    @Test
    void nothing_is_left_of_a_known_value_that_would_be_cut() throws IOException {
        String known = "host=db user=shop password=correct horse battery staple";
        Redactor redactor = Redactor.of(Map.of("SHOP_SECRET", known), List.of());
        give("1", "x ".repeat(240) + known, null);

        new ControlInbox(home, desk, redactor, new ManualTime()).look();

        assertThat(answer("1").message()).contains("x [redacted]").doesNotContain("host=db");
    }

    @Test
    void the_last_word_about_a_task_counts() throws IOException {
        desk.cancelling = true;
        give("1", "retry", "a");
        inbox.look();
        give("2", "cancel", "a");
        inbox.look();
        desk.cancelling = false;
        inbox.look();

        assertThat(desk.done).containsExactly("cancel a");
        assertThat(answer("1").ok()).isFalse();
        assertThat(answer("1").message()).contains("cancelled once more");
        assertThat(answer("2").ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "artifacts", "artifacts -1", "artifacts 1000000", "all 3", "tasks 3 runs 4", "TASKS 3"})
    void what_is_to_be_cleaned_has_to_be_said_as_it_is(String text) throws IOException {
        Files.writeString(
                home.control().resolve("1.json"),
                "{\"schema_version\":1,\"command\":\"clean\",\"text\":\"" + text + "\"}");
        inbox.look();
        assertThat(answer("1").message()).contains("as in `artifacts 30`");
        assertThat(desk.done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1000000"})
    void how_old_is_to_be_pruned_has_to_be_a_number(String text) throws IOException {
        Files.writeString(
                home.control().resolve("1.json"),
                "{\"schema_version\":1,\"command\":\"prune\",\"text\":\"" + text + "\"}");
        inbox.look();
        assertThat(answer("1").message()).contains("as in `30`");
        assertThat(desk.done).isEmpty();
    }

    @Test
    void the_journal_is_pruned_by_age_or_only_packed() throws IOException {
        Files.writeString(
                home.control().resolve("1.json"), "{\"schema_version\":1,\"command\":\"prune\",\"text\":\"30\"}");
        Files.writeString(home.control().resolve("2.json"), "{\"schema_version\":1,\"command\":\"prune\"}");
        inbox.look();
        assertThat(desk.done).containsExactly("prune Optional[30]", "prune Optional.empty");
    }

    @Test
    void what_is_old_is_cleaned_when_somebody_says_so() throws IOException {
        Files.writeString(
                home.control().resolve("1.json"),
                "{\"schema_version\":1,\"command\":\"clean\",\"text\":\"artifacts 30\"}");
        inbox.look();
        assertThat(desk.done).containsExactly("clean artifacts 30");
    }

    @Test
    void every_command_of_the_schema_is_known_here() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("docs/schema/control.schema.json").toFile());
        for (JsonNode command : schema.at("/properties/command/enum")) {
            give(command.asText(), command.asText(), "a");
            inbox.look();
            assertThat(answer(command.asText()).message()).as(command.asText()).doesNotContain("there is no command");
        }
        give("x", "dance", "a");
        inbox.look();
        assertThat(answer("x").message()).contains("there is no command `dance`");
    }

    private void give(String name, String command, @Nullable String task) throws IOException {
        String id = task == null ? "null" : "\"" + task + "\"";
        Files.writeString(
                home.control().resolve(name + ".json"),
                "{\"schema_version\":1,\"command\":\"" + command + "\",\"task_id\":" + id + ",\"by\":\"test\"}");
    }

    private ControlAnswer answer(String name) throws IOException {
        return Records.read(Files.readAllBytes(home.controlDone().resolve(name + ".json")), ControlAnswer.class);
    }
}
