package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.artifact.Tombstones.Tombstone;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlAnswer;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.files.Trees;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person can do to a task wherever it is, and to all of them, with the daemon up and down. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent is a shell script")
class LifecycleTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Does what its prompt says: hang until a file is there, fail, ask, or write one file more. */
    private static final String AGENT = """
            #!/bin/sh
            prompt=$(cat)
            echo started >> "$PWD/../starts"
            echo '{"type":"system","subtype":"init","session_id":"s"}'
            echo '{"type":"assistant","message":{"model":"m","content":[{"type":"text","text":"working"}]}}'
            case "$prompt" in
            *MARK-HANG*) while [ ! -e ../go ]; do sleep 0.05; done ;;
            *MARK-OVERLOADED*) [ -e ../go ] || { echo '{"type":"result","subtype":"success","is_error":true,"api_error_status":529,"result":"Overloaded","num_turns":1}'; exit 1; } ;;
            *MARK-TURNS*) [ -e ../go ] || { echo '{"type":"result","subtype":"error_max_turns","is_error":true,"num_turns":9,"session_id":"s9"}'; exit 1; } ;;
            *MARK-WRITE*) echo new > "new$(ls | wc -l | tr -d ' ')" ;;
            *MARK-GIT*) git rev-parse --show-toplevel > top 2>&1 ;;
            *MARK-ASK*) said='QUESTION: Which one?' ;;
            esac
            echo '{"type":"result","subtype":"success","is_error":false,"result":"'"${said:-done}"'","num_turns":1,"session_id":"s"}'
            """;

    private final Map<String, String> settings = new HashMap<>();
    private Home home;
    private Path directory;
    private @Nullable Orchestrator daemon;

    @BeforeEach
    void home(@TempDir Path temp) throws IOException {
        directory = temp.toRealPath();
        home = new Home(directory.resolve("home"));
        home.prepare();
        Path agent = Files.writeString(directory.resolve("agent.sh"), AGENT);
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
        settings.put("claude.command", agent.toString());
        // It counts its starts outside of its directory.
        settings.put("guard.sandbox", "off");
        settings.put("intake.debounce", "20ms");
        settings.put("shutdown.grace", "0s");
        settings.put("workers", "1");
    }

    @AfterEach
    void stop() throws IOException {
        Files.deleteIfExists(home.root().resolve("go"));
        letGo();
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void a_running_task_is_cancelled_and_its_agent_is_gone() throws Exception {
        start();
        drop("a", "MARK-HANG");
        await("a", TaskStatus.RUNNING);
        long pid = Await.value(LONG, () -> pid("a"));

        assertThat(give("cancel", "a").message()).contains("is being stopped");

        assertThat(artifact("a").path("status").asText()).isEqualTo("cancelled");
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        Await.until(LONG, () -> Files.exists(home.processed(new TaskId("a"), TaskStatus.CANCELLED)));
        assertThat(give("cancel", "a").ok()).isFalse();
    }

    @Test
    void a_task_that_waits_for_another_for_a_worker_or_for_its_next_attempt_is_cancelled() throws Exception {
        start();
        drop("later", "MARK-OVERLOADED");
        Await.until(LONG, () -> starts() == 1 && view("later").contains("QUEUED"));
        drop("busy", "MARK-HANG");
        await("busy", TaskStatus.RUNNING);
        drop("waits", "x", "after: nobody");
        drop("queued", "x");
        for (String id : List.of("waits", "queued", "later")) {
            await(id, TaskStatus.QUEUED);
            assertThat(give("cancel", id).message()).isEqualTo("Task " + id + " is cancelled.");
        }
        letGo();

        for (String id : List.of("waits", "queued", "later")) {
            assertThat(artifact(id).path("status").asText()).isEqualTo("cancelled");
        }
        assertThat(artifact("busy").path("status").asText()).isEqualTo("succeeded");
        assertThat(starts()).as("neither was started").isEqualTo(2);
    }

    @Test
    void whoever_wants_something_of_a_task_that_was_removed_is_told_so() throws Exception {
        start();
        new Tombstones(home)
                .add(List.of(new Tombstone(
                        new TaskId("old"),
                        "0".repeat(64),
                        TaskStatus.FAILED,
                        Instant.parse("2026-11-22T23:53:51.663Z"),
                        Instant.parse("2027-01-04T09:00:00.012Z"))));

        for (String command : List.of("cancel", "retry", "reply", "approve", "reject", "undo")) {
            ControlAnswer answer = give(command, "old", command.equals("reply") ? "Go on." : null);
            assertThat(answer.ok()).as(command).isFalse();
            assertThat(answer.message())
                    .as(command)
                    .startsWith("Task old ended at 2026-11-22T23:53:51Z (failed). What it left was removed at"
                            + " 2027-01-04T09:00:00Z, by `clean`");
        }
        assertThat(give("retry", "nobody").message()).isEqualTo("There is no task nobody.");
    }

    @Test
    void a_task_that_waits_for_a_reply_is_cancelled() throws Exception {
        start();
        drop("asks", "MARK-ASK");
        await("asks", TaskStatus.AWAITING_REPLY);

        assertThat(give("cancel", "asks").ok()).isTrue();
        Await.until(
                LONG, () -> Files.readString(home.artifact(new TaskId("asks"))).contains("\"cancelled\""));
    }

    @Test
    void while_paused_nothing_starts_what_waits_can_be_cancelled_and_resume_goes_on() throws Exception {
        start();
        assertThat(give("pause", null).ok()).isTrue();
        drop("one", "x");
        drop("two", "x");
        await("one", TaskStatus.QUEUED);
        await("two", TaskStatus.QUEUED);
        assertThat(give("cancel", "one").ok()).isTrue();
        assertThat(artifact("one").path("status").asText()).isEqualTo("cancelled");
        assertThat(starts()).isZero();

        assertThat(give("resume", null).message()).isEqualTo("Tasks are started again.");
        assertThat(artifact("two").path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void a_pause_outlives_the_daemon() throws Exception {
        start();
        give("pause", null);
        restart();
        drop("one", "x");
        await("one", TaskStatus.QUEUED);
        assertThat(give("resume", null).ok()).isTrue();
        assertThat(artifact("one").path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void a_task_that_failed_is_done_again_as_another_turn_in_its_session() throws Exception {
        start();
        drop("long", "MARK-TURNS");
        assertThat(artifact("long").path("status").asText()).isEqualTo("failed");
        letGo();

        assertThat(give("retry", "long").message()).isEqualTo("Task long is done again, as turn 2.");

        Await.until(LONG, () -> artifact("long").path("turn").asInt() == 2);
        assertThat(artifact("long").path("status").asText()).isEqualTo("succeeded");
        assertThat(home.olderArtifact(new TaskId("long"), 1)).exists();
        Await.until(LONG, () -> Files.exists(home.processed(new TaskId("long"), TaskStatus.SUCCEEDED)));
        assertThat(home.processed(new TaskId("long"), TaskStatus.FAILED)).doesNotExist();
        List<JsonNode> starts = SchemaCheck.events(SchemaCheck.journal(home), "long", "attempt_started");
        assertThat(starts.get(1).path("resumed").asBoolean()).isTrue();
        assertThat(starts.get(1).path("session_id"))
                .as("ours, not the one that the agent told")
                .isEqualTo(starts.get(0).path("session_id"));
        assertThat(give("retry", "long").message()).contains("is over (succeeded)");
    }

    @Test
    void the_same_words_in_two_files_are_two_replies_and_the_same_file_twice_is_one() throws Exception {
        start();
        drop("a", "x");
        assertThat(artifact("a").path("status").asText()).isEqualTo("succeeded");
        String reply = "---\nturn_of: a\n---\nMARK-HANG\n";
        Path first = Files.writeString(home.tasks().resolve("first.task.md"), reply);
        FileTime time = Files.getLastModifiedTime(first);
        await("a", TaskStatus.RUNNING);
        Await.until(LONG, () -> !Files.exists(first));

        Path second = Files.writeString(home.root().resolve("second"), reply);
        Files.setLastModifiedTime(second, FileTime.fromMillis(1_700_000_000_000L));
        Files.move(second, home.tasks().resolve("second.task.md"));
        Path rejected = home.rejected().resolve("second.task.md");
        Await.until(LONG, () -> Files.exists(rejected));
        assertThat(Files.readString(home.reasonOf(rejected))).contains("can be said when it is over");

        Path left = Files.writeString(home.root().resolve("left"), reply);
        Files.setLastModifiedTime(left, time);
        Files.move(left, first);
        Await.until(LONG, () -> !Files.exists(first));
        assertThat(home.rejected().resolve("first.task.md")).doesNotExist();

        letGo();
        Await.until(LONG, () -> artifact("a").path("turn").asInt() == 2);
        assertThat(events("a", "turn_started")).hasSize(1);
        Await.until(LONG, () -> view("a").isEmpty());
        Files.setLastModifiedTime(rejected, FileTime.fromMillis(1_700_000_001_000L));
        Await.until(LONG, () -> artifact("a").path("turn").asInt() == 3);
        assertThat(rejected).doesNotExist();
    }

    @Test
    void a_task_that_waits_for_its_next_attempt_is_tried_at_once_when_somebody_says_so() throws Exception {
        start();
        drop("busy", "MARK-OVERLOADED");
        Await.until(LONG, () -> starts() == 1 && view("busy").contains("QUEUED"));
        letGo();

        assertThat(give("retry", "busy").message()).startsWith("Task busy is tried again now.");
        assertThat(artifact("busy").path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void a_retry_that_comes_while_a_task_is_being_cancelled_waits_for_its_end() throws Exception {
        start();
        drop("a", "MARK-HANG");
        await("a", TaskStatus.RUNNING);
        ControlClient client = new ControlClient(home, () -> false, TimeSource.system());
        client.give(new ControlClient.Wish("cancel", new TaskId("a"), null, List.of()), "test", LONG);
        // An agent that is let go before may be done before, and a task that succeeded is not done again.
        Await.until(LONG, () -> !events("a", "task_cancelled").isEmpty());
        letGo();

        assertThat(give("retry", "a").message()).isEqualTo("Task a is done again, as turn 2.");
        Await.until(LONG, () -> artifact("a").path("turn").asInt() == 2);
        assertThat(artifact("a").path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void commands_for_a_daemon_that_is_down_are_done_before_anything_else_when_it_starts() throws Exception {
        drop("a", "x");
        ControlClient client = new ControlClient(home, () -> false, TimeSource.system());
        ControlClient.Result.NoDaemon nobody = (ControlClient.Result.NoDaemon)
                client.give(new ControlClient.Wish("pause", null, null, List.of()), "test", LONG);
        assertThat(SchemaCheck.problems("control", new ObjectMapper().readTree(Files.readString(nobody.file()))))
                .isEmpty();

        start();
        await("a", TaskStatus.QUEUED);
        assertThat(starts()).isZero();
        assertThat(give("resume", null).ok()).isTrue();
        assertThat(artifact("a").path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void a_task_that_was_cancelled_while_the_daemon_was_down_does_not_run_again() throws Exception {
        start();
        drop("a", "MARK-HANG");
        await("a", TaskStatus.RUNNING);
        long pid = Await.value(LONG, () -> pid("a"));
        daemon.close();
        daemon = null;
        new ControlClient(home, () -> false, TimeSource.system())
                .give(new ControlClient.Wish("cancel", new TaskId("a"), null, List.of()), "test", LONG);

        start();

        assertThat(artifact("a").path("status").asText()).isEqualTo("cancelled");
        assertThat(starts()).isEqualTo(1);
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void a_task_that_was_cancelled_and_then_retried_while_the_daemon_was_down_is_done_again() throws Exception {
        start();
        drop("a", "MARK-HANG");
        await("a", TaskStatus.RUNNING);
        Await.value(LONG, () -> pid("a"));
        daemon.close();
        daemon = null;
        ControlClient client = new ControlClient(home, () -> false, TimeSource.system());
        client.give(new ControlClient.Wish("cancel", new TaskId("a"), null, List.of()), "test", LONG);
        client.give(new ControlClient.Wish("retry", new TaskId("a"), null, List.of()), "test", LONG);

        start();
        Await.until(LONG, () -> !events("a", "turn_started").isEmpty());
        letGo();

        Await.until(LONG, () -> artifact("a").path("turn").asInt() == 2);
        assertThat(artifact("a").path("status").asText()).isEqualTo("succeeded");
        assertThat(home.olderArtifact(new TaskId("a"), 1)).content().contains("\"cancelled\"");
    }

    @Test
    void what_is_no_command_is_answered_and_removed() throws Exception {
        start();
        Map<String, String> files = Map.of(
                "1.json", "not json",
                "2.json", "{\"schema_version\":1,\"command\":\"explode\"}",
                "3.json", "{\"schema_version\":1,\"command\":\"cancel\"}",
                "4.json", "{\"schema_version\":1,\"command\":\"cancel\",\"task_id\":\"../../etc\"}",
                "5.json", "{\"schema_version\":9,\"command\":\"pause\"}",
                "6.json", "{\"schema_version\":1,\"command\":\"cancel\",\"task_id\":\"unknown\"}",
                "7.json", "x".repeat(100_000));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(home.control().resolve(file.getKey()), file.getValue());
        }
        Files.createSymbolicLink(home.control().resolve("8.json"), Path.of("/etc/passwd"));

        for (String name : files.keySet()) {
            Path answer = home.controlDone().resolve(name);
            Await.until(
                    LONG,
                    () -> Files.exists(answer) && !Files.exists(home.control().resolve(name)));
            assertThat(SchemaCheck.problems("control-answer", new ObjectMapper().readTree(Files.readString(answer))))
                    .isEmpty();
            assertThat(new ObjectMapper()
                            .readTree(Files.readString(answer))
                            .path("ok")
                            .asBoolean())
                    .as(name)
                    .isFalse();
        }
        assertThat(home.controlDone().resolve("8.json")).doesNotExist();
    }

    @Test
    void a_command_whose_answer_cannot_be_written_is_done_once_and_keeps_no_other_from_being_done() throws Exception {
        start();
        drop("long", "MARK-TURNS");
        assertThat(artifact("long").path("status").asText()).isEqualTo("failed");
        Files.delete(home.controlDone());
        Files.createFile(home.controlDone());
        command("1", "\"retry\",\"task_id\":\"long\"");
        Await.until(LONG, () -> artifact("long").path("turn").asInt() == 2);
        command("2", "\"pause\"");
        Await.until(LONG, () -> !daemon.snapshot().holds().isEmpty());

        assertThat(starts()).isEqualTo(2);
    }

    @Test
    void a_command_with_a_name_that_leaves_no_room_for_its_answer_keeps_no_other_from_being_done() throws Exception {
        start();
        Files.writeString(home.control().resolve("0".repeat(245) + ".json"), "{}");
        assertThat(give("pause", null).ok()).isTrue();
    }

    /** A guarded task whose change is in its directory, in which another one is at work, so that taking back waits. */
    private void applied() throws Exception {
        settings.put("workers", "2");
        start();
        dropWriter("safe", "MARK-WRITE", "guarded: true");
        await("safe", TaskStatus.AWAITING_APPROVAL);
        assertThat(give("approve", "safe").ok()).isTrue();
        assertThat(home.root().resolve("safe/new0")).hasContent("new");
        dropWriter("busy", "MARK-HANG", "cwd: safe");
        await("busy", TaskStatus.RUNNING);
    }

    /** Said one after the other while no daemon was there. */
    @Test
    void what_is_approved_and_then_taken_back_is_applied_first() throws Exception {
        start();
        dropWriter("safe", "MARK-WRITE", "guarded: true");
        await("safe", TaskStatus.AWAITING_APPROVAL);
        daemon.close();
        command("1", "\"approve\",\"task_id\":\"safe\"");
        command("2", "\"undo\",\"task_id\":\"safe\"");
        start();

        awaitTurn(2, "rejected");
        assertThat(home.root().resolve("safe/new0")).doesNotExist();
    }

    @Test
    void the_way_back_that_was_cleaned_is_said_to_be() throws Exception {
        start();
        dropWriter("safe", "MARK-WRITE", "guarded: true");
        await("safe", TaskStatus.AWAITING_APPROVAL);
        assertThat(give("approve", "safe").ok()).isTrue();
        Trees.delete(home.runs(new TaskId("safe")));

        assertThat(give("undo", "safe").message()).contains("cannot be taken back any more", "clean runs");
    }

    @Test
    void a_change_that_is_being_taken_back_is_not_cancelled() throws Exception {
        applied();
        assertThat(give("undo", "safe").ok()).isTrue();

        ControlAnswer answer = give("cancel", "safe");

        assertThat(answer.ok()).isFalse();
        assertThat(answer.message()).isEqualTo("Task safe cannot be cancelled: its change is being taken back.");
        letGo();
        awaitTurn(2, "rejected");
        assertThat(home.root().resolve("safe/new0")).doesNotExist();
    }

    @Test
    void a_change_can_be_taken_back_when_that_failed_before_and_a_later_one_was_taken_back_since() throws Exception {
        applied();
        assertThat(give("undo", "safe").ok()).isTrue();
        Path first = Files.writeString(home.root().resolve("safe/new0"), "mine\n");
        letGo();
        awaitTurn(2, "failed");
        Files.writeString(first, "new\n");
        assertThat(give("retry", "safe").ok()).isTrue();
        await("safe", TaskStatus.AWAITING_APPROVAL);
        assertThat(give("approve", "safe").ok()).isTrue();
        Path second = home.root().resolve("safe/new1");
        assertThat(second).exists();
        assertThat(give("undo", "safe").ok()).isTrue();
        awaitTurn(4, "rejected");
        assertThat(second).doesNotExist();
        assertThat(first).exists();

        assertThat(give("undo", "safe").message()).contains("is being taken back, as turn 5");

        awaitTurn(5, "rejected");
        assertThat(first).doesNotExist();
        assertThat(give("undo", "safe").message()).isEqualTo("Task safe has no change that is applied.");
    }

    private void awaitTurn(int turn, String status) throws IOException {
        Await.until(
                LONG,
                () -> artifact("safe").path("turn").asInt() == turn
                        && view("safe").isEmpty());
        assertThat(artifact("safe").path("status").asText()).isEqualTo(status);
    }

    /** It would change what is not to be changed before a person has said so. */
    @Test
    void git_in_a_copy_without_a_repository_does_not_find_one_around_the_home() throws Exception {
        Process init = new ProcessBuilder("git", "init", "-q", directory.toString()).start();
        assertThat(init.waitFor()).isZero();
        start();
        dropWriter("safe", "MARK-GIT", "guarded: true");
        await("safe", TaskStatus.AWAITING_APPROVAL);

        assertThat(home.patch(new TaskId("safe")))
                .content()
                .contains("not a git repository")
                .doesNotContain(directory.toString());
    }

    private void command(String name, String command) throws IOException {
        Files.writeString(home.control().resolve(name + ".json"), "{\"schema_version\":1,\"command\":" + command + "}");
    }

    private void start() throws IOException {
        Config config = ((ConfigOutcome.Loaded) ConfigLoader.load(home, settings, Map.of())).config();
        daemon = new Orchestrator(
                home,
                () -> config,
                () -> new ClaudeOptions(config.claude().command(), List.of(), List.of(), null),
                new ProcessRunner(),
                Map.of("PATH", "/usr/bin:/bin"),
                Redactor.SHAPES_ONLY,
                "test",
                new Random(1),
                TimeSource.system());
        daemon.start();
    }

    private void letGo() throws IOException {
        Files.createFile(home.root().resolve("go"));
    }

    private void restart() throws IOException {
        daemon.close();
        start();
    }

    /** Each in a directory of its own, so that none waits for another's. */
    private void drop(String id, String text, String... frontMatter) throws IOException {
        Files.createDirectories(home.root().resolve(id));
        String head = "id: " + id + "\ntype: analyze\ncwd: " + id + "\n" + String.join("\n", frontMatter);
        Files.writeString(home.tasks().resolve(id + ".task.md"), "---\n" + head + "\n---\n" + text + "\n");
    }

    /** Like {@link #drop}, for one that may change its directory. */
    private void dropWriter(String id, String text, String line) throws IOException {
        String cwd = line.startsWith("cwd: ") ? line : "cwd: " + id + "\n" + line;
        Files.createDirectories(home.root().resolve(id));
        String head = "id: " + id + "\ntype: custom\n" + cwd;
        Files.writeString(home.tasks().resolve(id + ".task.md"), "---\n" + head + "\n---\n" + text + "\n");
    }

    private ControlAnswer give(String command, @Nullable String id) throws Exception {
        return give(command, id, null);
    }

    private ControlAnswer give(String command, @Nullable String id, @Nullable String text) throws Exception {
        ControlClient client = new ControlClient(home, () -> true, TimeSource.system());
        ControlClient.Result result = client.give(
                new ControlClient.Wish(command, id == null ? null : new TaskId(id), text, List.of()), "test", LONG);
        return ((ControlClient.Result.Answered) result).answer();
    }

    private void await(String id, TaskStatus status) {
        Await.until(LONG, () -> view(id).contains(status.name()));
    }

    private String view(String id) {
        return daemon.snapshot().active().stream()
                .filter(view -> view.id().value().equals(id))
                .map(view -> view.status().name())
                .findFirst()
                .orElse("");
    }

    private @Nullable Long pid(String id) throws IOException {
        return SchemaCheck.events(SchemaCheck.journal(home), id, "run_started").stream()
                .map(line -> line.path("pid").asLong())
                .findFirst()
                .orElse(null);
    }

    private JsonNode artifact(String id) throws IOException {
        Path file = home.artifact(new TaskId(id));
        Await.until(LONG, () -> Files.exists(file));
        return new ObjectMapper().readTree(Files.readString(file));
    }

    private List<JsonNode> events(String id, String event) throws IOException {
        return SchemaCheck.events(SchemaCheck.journal(home), id, event);
    }

    private long starts() throws IOException {
        Path file = home.root().resolve("starts");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
