package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.ScheduleEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadCommandsTest {
    private static final long SMALL = 600;

    @TempDir
    private Path root;

    private CliHome home;

    @BeforeEach
    void open() throws IOException {
        home = new CliHome(root, SMALL);
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "stats",
                "tail-events",
                "templates",
                "config",
                "reindex",
                "validate-artifacts",
                "trust --list"
            })
    void an_empty_home_is_no_error(String call, @TempDir Path other) {
        assertThat(CliHome.run(other, call.split(" ")).code()).isZero();
        assertThat(other).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status one",
                "status --watch",
                "top",
                "progress one",
                "show one",
                "stats",
                "tail-events -f",
                "templates",
                "config",
                "config --json",
                "validate-artifacts",
                "reindex",
                "trust --list",
                "pause",
                "cancel one",
                "clean tasks --days 1 --dry-run",
                "prune --dry-run",
                "create-sample --drop"
            })
    void a_home_that_is_not_there_was_mistyped(String call, @TempDir Path other) throws IOException {
        Path missing = other.resolve("missing");
        Path file = Files.writeString(other.resolve("file"), "no home");

        CliHome.Result result = CliHome.run(missing, call.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualToIgnoringNewLines("There is no home " + missing
                        + ". Check --home; to begin a new one there: mkdir -p \"" + missing + "\"");
        assertThat(missing).doesNotExist();
        assertThat(CliHome.run(file, call.split(" ")).err()).contains(file + " is not a directory. Check --home.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "create-sample"})
    void a_home_that_is_not_there_yet_can_be_asked_about(String command, @TempDir Path other) {
        Path missing = other.resolve("missing");

        CliHome.Result result = CliHome.run(missing, command);

        assertThat(result.code()).isNotEqualTo(2);
        assertThat(result.out()).isNotEmpty();
        assertThat(missing).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status ../x",
                "show con",
                "show",
                "tail-events --task a/b",
                "tail-events -n -1",
                "tail-events -n many",
                "show a --summary --prompt",
                "show a --json --prompt",
                "show a --turn 0",
                "validate-artifacts a/b",
                "status a b"
            })
    void a_malformed_call_is_a_usage_error(String call) {
        CliHome.Result result = home.run(call.split(" "));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isNotEmpty();
    }

    @Test
    void status_says_what_runs_what_waits_and_why() throws IOException {
        home.daemonStarted();
        home.accept("done");
        home.finish("done");
        home.accept("now");
        home.running("now");
        home.accept("later", "now");
        home.accept("again");
        home.commit(new AttemptEvent.RetryScheduled(
                new TaskId("again"), 1, 1, FailureCategory.OVERLOADED, Instant.parse("2099-01-01T00:00:00Z")));
        Files.writeString(home.home.tasks().resolve("new.task.md"), "x");
        String out = home.run("status").out();
        assertThat(out)
                .contains("ended without a word")
                .contains("4 accepted, 1 succeeded")
                .contains("1 files in tasks/ not accepted yet")
                .contains("after now (running)")
                .contains("not before 2099-01-01")
                .doesNotContain("\u001b");
    }

    @Test
    void every_answer_in_json_says_the_version_of_its_shape_first() throws IOException {
        home.accept("one");
        home.publish("two", 1);
        home.saveState();
        home.close();
        for (String call : List.of(
                "status",
                "status one",
                "status two",
                "show two",
                "stats",
                "config",
                "reindex",
                "validate-artifacts",
                "templates",
                "templates analyze",
                "doctor")) {
            List<String> args = new ArrayList<>(List.of(call.split(" ")));
            args.add("--json");

            assertThat(home.run(args.toArray(new String[0])).out())
                    .as(call)
                    .startsWith("{\n  \"schema_version\": \"1.0\",\n");
        }
        Files.writeString(home.home.dotenv(), "ORCHESTRATOR_WORKERS=many\n");
        assertThat(home.run("config", "--json").out()).startsWith("{\n  \"schema_version\": \"1.0\",\n");
    }

    @Test
    void damaged_files_are_named_with_the_place_what_is_wrong_and_what_to_do() throws IOException {
        home.publish("good", 1);
        Files.writeString(home.home.artifact(new TaskId("torn")), "{\n  \"task_id\": \"torn\",\n  \"tur");
        Files.writeString(home.home.artifact(new TaskId("other")), "{\"turn\": \"x\"}");
        Files.createDirectory(home.home.artifact(new TaskId("directory")));
        home.close();

        CliHome.Result reindex = home.run("reindex");
        assertThat(reindex.code()).isEqualTo(1);
        assertThat(reindex.out())
                .contains(
                        "results/torn.json is damaged and left out of the index: line 3, column 7: it ends too early."
                                + " Restore it from a backup, or move it away.",
                        "results/other.json is damaged and left out of the index: line 1, column 10: `turn` has a text"
                                + " where a number belongs.",
                        "results/directory.json is damaged and left out of the index: it cannot be read",
                        "results/index.json has 1 tasks.")
                .doesNotContain("Source", "reference chain", "JsonP");

        CliHome.Result check = home.run("validate-artifacts");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains(
                        "results/torn.json:\n  line 3, column 7: it ends too early\n  next: Restore it from a backup",
                        "  /turn: string found, integer expected\n",
                        "  required property 'task_id' not found\n",
                        "results/directory.json:\n  it cannot be read")
                .doesNotContain("Source", "REDACTED", "reference chain", "JsonP");
        assertThat(home.run("show", "torn").err())
                .contains("the artifact of torn is damaged: line 3, column 7: it ends too early")
                .doesNotContain("Source");
    }

    @Test
    void status_counts_only_files_as_waiting_and_says_what_is_none() throws IOException {
        Files.writeString(home.home.tasks().resolve("a.task.md"), "Do it.\n");
        Files.writeString(home.home.tasks().resolve(".b.task.md"), "hidden");
        Files.createDirectory(home.home.tasks().resolve("c.task.md"));
        Links.symbolic(home.home.tasks().resolve("d.task.md"), Path.of("a.task.md"));

        assertThat(home.run("status").out())
                .contains("1 files in tasks/ not accepted yet", "2 in tasks/ are links or directories");
        assertThat(home.run("status", "--json").out()).contains("\"dropped_files\": 1", "\"unusable_entries\": 2");
    }

    @Test
    void status_tells_of_commands_that_wait_for_a_daemon() throws IOException {
        home.accept("a");
        Path control = Files.createDirectories(home.home.control());
        Files.writeString(control.resolve("1.json"), "{}");
        Files.writeString(control.resolve(".2.json"), "{}");

        assertThat(home.run("status").out()).contains("1 command waits in tasks/.control/ for a daemon");
    }

    @Test
    void status_has_what_comes_by_the_clock() {
        home.commit(
                new ScheduleEvent.ScheduleSet("nightly", "0 3 1 1 *", "UTC"),
                new ScheduleEvent.ScheduleDue(
                        "nightly", Instant.parse("2026-01-01T03:00:00Z"), new TaskId("nightly-20260101-0300")),
                new ScheduleEvent.ScheduleRefused("often", "schedules/often.task.md:2: \u001b[2J"));

        String out = home.run("status").out();

        assertThat(out)
                .contains("Schedules (2)")
                .containsPattern(
                        "nightly +next 20\\d\\d-01-01 03:00:00 UTC  \\(0 3 1 1 \\*, UTC\\)  last nightly-20260101-0300")
                .containsPattern("often +nothing comes of it: schedules/often.task.md:2: ")
                .doesNotContain("\u001b");
        assertThat(home.run("status", "--json").out()).contains("\"schedules\"", "\"next_due\"");
    }

    @Test
    void before_a_daemon_ever_ran_status_names_the_schedules_that_are_there(@TempDir Path other) throws IOException {
        Path schedules = Files.createDirectory(other.resolve("schedules"));
        Files.writeString(schedules.resolve("notes.txt"), "no schedule");
        assertThat(CliHome.run(other, "status").out())
                .contains("Nothing here yet")
                .doesNotContain("Schedules");

        for (int i = 10; i < 32; i++) {
            Files.writeString(schedules.resolve("nightly-" + i + ".task.md"), "---\nschedule: '@daily'\n---\nLook.\n");
        }

        assertThat(CliHome.run(other, "status").out())
                .contains("Schedules (22)", "  nightly-10\n", "  nightly-29\n  and 2 more", "when a daemon runs")
                .doesNotContain("Nothing here yet", "notes", "nightly-30");
        JsonNode report =
                Json.full().readTree(CliHome.run(other, "status", "--json").out());
        assertThat(report.path("unread_schedules")).hasSize(22);
    }

    @Test
    void status_of_a_stopped_daemon_says_so() {
        home.daemonStarted();
        home.daemonStopped();
        assertThat(home.run("status").out()).contains("not running; stopped ");
        assertThat(home.run("status", "--json").out()).contains("\"state\": \"stopped\"", "\"recent\": ");
    }

    @Test
    void a_damaged_state_is_made_up_for_from_the_journal() throws IOException {
        home.daemonStarted();
        home.accept("one");
        Files.writeString(home.home.state(), "{\"schema_version\":");
        assertThat(home.run("status").out()).contains("1 accepted");
    }

    @Test
    void a_state_that_is_behind_is_brought_up_to_date_across_segments() throws IOException {
        home.daemonStarted();
        home.saveState();
        for (int i = 0; i < 10; i++) {
            home.accept("task-" + i);
        }
        assertThat(home.run("status").out()).contains("10 accepted");
    }

    @Test
    void a_torn_end_is_not_an_event() throws IOException {
        home.accept("one");
        Files.writeString(home.home.journal(), "{\"seq\":99,\"event\":\"half_of_one\",", StandardOpenOption.APPEND);
        assertThat(home.run("status").out()).contains("1 accepted");
        assertThat(home.run("tail-events").out()).contains("one task_accepted").doesNotContain("half");
    }

    @Test
    void status_of_one_task_comes_from_the_state_then_from_its_artifact() throws IOException {
        home.accept("one");
        assertThat(home.run("status", "ONE").out()).contains("one: queued");
        home.finish("one");
        home.publish("one", 1);
        assertThat(home.run("status", "one").out()).contains("one: succeeded", "results/one.json");
        assertThat(home.run("status", "one", "--json").out()).contains("\"status\": \"succeeded\"");
        CliHome.Result unknown = home.run("status", "two");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("There is no task two");
    }

    @Test
    void show_prints_the_summary_or_what_the_artifact_says() throws IOException {
        home.publish("one", 1);
        assertThat(home.run("show", "one").out()).contains("result of turn 1");
        home.summary("one", "# All good\u001b[2J\n");
        assertThat(home.run("show", "one").out()).isEqualTo("# All good?[2J\n");
        assertThat(home.run("show", "one", "--json").out())
                .isEqualTo(Files.readString(home.home.artifact(new TaskId("one"))));
        home.publish("one", 2);
        assertThat(home.run("show", "one", "--turn", "1").out()).contains("result of turn 1");
        assertThat(home.run("show", "one", "--turn", "3").code()).isEqualTo(1);
        assertThat(home.run("show", "two").code()).isEqualTo(1);
    }

    @Test
    void show_prints_what_the_agent_was_told_and_what_it_did() throws IOException {
        Path runs = Files.createDirectories(home.home.runs(new TaskId("one")));
        Files.writeString(runs.resolve("turn-1.attempt-1.prompt.md"), "Fix it.");
        Files.writeString(runs.resolve("turn-1.attempt-1.stream.ndjson"), """
                {"type":"system","subtype":"init","model":"m"}
                {"type":"assistant","message":{"content":[{"type":"text","text":"I look."}]}}
                {"type":"assistant","message":{"content":[{"type":"tool_use","name":"Read","input":{"file_path":"a.py"}}]}}
                {"type":"user","message":{"content":[{"type":"tool_result","content":"1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n10"}]}}
                {"type":"result","subtype":"success","num_turns":2,"total_cost_usd":0.1}
                {"type":"assist""");
        assertThat(home.run("show", "one", "--prompt").out()).endsWith("Fix it.\n");
        assertThat(home.run("show", "one", "--transcript").out())
                .contains("I look.\n> Read a.py\n  | 1\n", "... 2 more lines", "-- success, 2 turns, $0.1");
        assertThat(home.run("show", "two", "--transcript").code()).isEqualTo(1);
    }

    @Test
    void show_prints_what_a_command_printed_as_it_is() throws IOException {
        Path runs = Files.createDirectories(home.home.runs(new TaskId("one")));
        Files.writeString(runs.resolve("turn-1.attempt-1.exit"), "0\n");
        Files.writeString(runs.resolve("turn-1.attempt-1.stream.ndjson"), "I look.\u001b[2J\n{\"result\":\"x\"}\n");

        assertThat(home.run("show", "one", "--transcript").out()).endsWith("I look.?[2J\n{\"result\":\"x\"}\n");
    }

    @Test
    void the_last_events_are_found_across_segments() {
        for (int i = 0; i < 10; i++) {
            home.accept("task-" + i);
        }
        String out =
                home.run("tail-events", "-n", "3", "--event", "task_accepted").out();
        assertThat(out.lines()).hasSize(3);
        assertThat(out).contains("task-7 task_accepted title=\"Fix task-7\"", "task-9");
        assertThat(home.run("tail-events", "--task", "task-1", "--json").out())
                .startsWith("{\"seq\":")
                .contains("\"task_id\":\"task-1\"")
                .hasLineCount(1);
    }

    @Test
    void config_shows_every_setting_and_where_it_came_from() throws IOException {
        Files.writeString(home.home.dotenv(), "ORCHESTRATOR_WORKERS=5\n");
        assertThat(home.run("config").out()).containsPattern("workers +5 +\\.env line 1");
        Files.writeString(home.home.dotenv(), "ORCHESTRATOR_WORKERS=none\n");
        CliHome.Result bad = home.run("config");
        assertThat(bad.code()).isEqualTo(3);
        assertThat(bad.err()).contains(".env line 1");
        assertThat(home.run("config", "--json").out()).contains("\"valid\": false");
    }

    @Test
    void reindex_makes_the_index_anew_unless_a_daemon_has_the_home() throws IOException {
        home.publish("one", 1);
        Files.writeString(home.home.results().resolve("bad.json"), "{");
        CliHome.Result result = home.run("reindex");
        assertThat(result.out()).contains("1 tasks", "Left out: ");
        assertThat(result.code()).isEqualTo(1);
        assertThat(home.home.index()).content().contains("\"one\":{\"artifact\":\"results/one.json\"");
        try (LockFile lock = LockFile.tryAcquire(home.home.daemonLock()).orElseThrow()) {
            assertThat(lock).isNotNull();
            CliHome.Result taken = home.run("reindex");
            assertThat(taken.code()).isEqualTo(1);
            assertThat(taken.err()).contains("is run by another process");
        }
    }

    @Test
    void the_completion_script_knows_every_command() {
        assertThat(home.run("completion").out())
                .contains(
                        "run",
                        "status",
                        "show",
                        "stats",
                        "tail-events",
                        "templates",
                        "validate-artifacts",
                        "reindex",
                        "completion");
    }
}
