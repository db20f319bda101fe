package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class ProgressCommandTest {
    private static final Terminal TERMINAL = new Terminal(true, 40);

    @TempDir
    private Path root;

    private CliHome home;

    @BeforeEach
    void open() throws IOException {
        home = new CliHome(root, 1 << 20);
        home.daemonLives();
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private void used(String tool, String target, boolean well) {
        home.commit(new AttemptEvent.ToolUsed(new TaskId("now"), 1, 1, tool, target, well));
    }

    @Test
    void it_says_how_far_how_much_longer_what_changed_and_what_happened_last() {
        for (String id : List.of("a", "b", "c")) {
            home.accept(id);
            home.finish(id);
        }
        home.accept("now");
        home.running("now");
        used("Read", "/tmp/seen.txt", true);
        used("Write", "/tmp/one.txt", true);
        used("Edit", "/tmp/refused.txt", false);
        used("Edit", "/tmp/two.txt", true);
        used("Bash", null, true);

        String out = home.run("progress", "now").out();

        assertThat(out)
                .contains("now: running", "% ", "by 3 turns of type bug_fix: half took up to 0.9 s")
                .contains("Changed so far (2)", "  one.txt", "  two.txt")
                .contains("Last events", "tool_used turn=1 attempt=1 tool=Bash")
                .doesNotContain("seen.txt", "\u001b");
        assertThat(out.substring(out.indexOf("Last events")).lines()).hasSize(4);
    }

    @Test
    void what_earlier_attempts_changed_is_known_by_comparing() {
        home.accept("now");
        home.running("now");
        used("Write", "/tmp/one.txt", true);
        home.commit(new AttemptEvent.FilesModified(new TaskId("now"), 1, 1, List.of("one.txt", "made.txt"), 2));
        home.running("now");
        used("Write", "/tmp/three.txt", true);

        assertThat(home.run("progress", "now", "--json").out())
                .startsWith("{\n  \"schema_version\": \"1.0\",\n")
                .contains("\"files_count\": 3", "\"one.txt\"", "\"made.txt\"", "\"three.txt\"");
    }

    private List<String> changed(String id) throws IOException {
        return Json.full()
                .readTree(home.run("progress", id, "--json").out())
                .at("/files")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void a_file_is_one_file_however_it_is_named() throws IOException {
        home.accept("now");
        home.running("now");
        used("Write", "/tmp/a/one.txt", true);
        used("Edit", "a/one.txt", true);
        used("Edit", "./a/../a/one.txt", true);
        used("Edit", "/elsewhere/two.txt", true);

        assertThat(changed("now")).containsExactly("a/one.txt", "/elsewhere/two.txt");
    }

    @Test
    void a_file_in_the_copy_in_which_an_agent_works_is_the_one_of_that_name_in_the_directory() throws IOException {
        home.accept("now");
        home.commit(new AttemptEvent.AttemptStarted(new TaskId("now"), 1, 1, "claude", "s", false, null, "/copies/1"));
        used("Write", "/copies/1/one.txt", true);
        used("Write", "/tmp/one.txt", true);

        assertThat(changed("now")).containsExactly("one.txt");
    }

    @Test
    void a_comparison_takes_the_place_of_all_before_it_and_counts_more_than_it_names() {
        home.accept("now");
        home.running("now");
        home.commit(
                new AttemptEvent.FilesModified(new TaskId("now"), 1, 1, List.of("undone.txt"), 1),
                new AttemptEvent.FilesModified(new TaskId("now"), 1, 2, List.of("one.txt"), 70));

        assertThat(home.run("progress", "now").out())
                .contains("Changed so far (70)", "  one.txt", "and 69 more")
                .doesNotContain("  undone.txt");
    }

    /** A directory in its place cannot be read. */
    private static void makeUnreadable(Path home, String segment) throws IOException {
        Path file = home.resolve("logs").resolve(segment);
        Files.delete(file);
        Files.createDirectory(file);
    }

    @Test
    void what_was_before_the_turn_is_not_read(@TempDir Path other) throws IOException {
        try (CliHome small = new CliHome(other, 600)) {
            for (String id : List.of("a", "b", "c", "now")) {
                small.accept(id);
            }
            small.running("now");
            small.saveState();
            makeUnreadable(other, "events-000001.ndjson");

            assertThat(small.run("progress", "now").out()).contains("now: running", "attempt_started");
        }
    }

    @Test
    void with_too_little_of_a_past_it_does_not_guess() {
        home.accept("now");
        home.running("now");

        assertThat(home.run("progress", "now").out()).contains("no estimate: 0 turns of its type");
    }

    @Test
    void without_a_daemon_no_time_passes_and_nothing_is_guessed() throws IOException {
        for (String id : List.of("a", "b", "c")) {
            home.accept(id);
            home.finish(id);
        }
        home.accept("now");
        home.running("now");
        home.daemonDies();

        for (String call : List.of("progress", "status")) {
            assertThat(home.run(call, "now").out())
                    .as(call)
                    .contains("no daemon watches it")
                    .doesNotContain("so far", "[", "more, by");
        }
        assertThat(home.run("progress", "now", "--json").out()).contains("\"estimate\": null", "\"elapsed_ms\": null");
        assertThat(top())
                .contains("no daemon watches it", "died")
                .doesNotContain("workers busy", " more  ", "[#", "[-");
    }

    private String top() {
        return shown("top", new TopCommand(millis -> true, Thread::new, TimeSource.system(), () -> TERMINAL));
    }

    @Test
    void of_one_that_is_over_it_says_how_it_ended() throws IOException {
        home.publish("two", 1);

        assertThat(home.run("progress", "two").out()).contains("two: succeeded").doesNotContain("no estimate");
        assertThat(home.run("progress", "none").code()).isEqualTo(1);
    }

    @Test
    void a_queued_task_says_who_has_its_directory_or_what_is_in_the_way_of_all() {
        home.accept("now");
        home.running("now");
        home.accept("behind");
        assertThat(home.run("status").out()).contains("now works in /tmp");

        home.commit(new DaemonEvent.QueuePaused(
                Hold.Cause.PERSON, null, "paused", "`resume` goes on.", Instant.parse("2099-01-01T00:00:00Z"), "cli"));
        assertThat(home.run("status", "behind").out()).contains("paused: person, until 2099-01-01");
    }

    private String shown(String name, Object command, String... more) {
        return shown(CommandLine.Help.Ansi.ON, name, command, more);
    }

    private String shown(CommandLine.Help.Ansi ansi, String name, Object command, String... more) {
        StringWriter out = new StringWriter();
        List<String> arguments = new java.util.ArrayList<>(List.of("--home", root.toString(), name));
        arguments.addAll(List.of(more));
        int code = new CommandLine(new RootCommand())
                .addSubcommand(name, command)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setOut(new PrintWriter(out))
                .execute(arguments.toArray(new String[0]));
        assertThat(code).isZero();
        return out.toString();
    }

    @Test
    void a_watch_shows_what_is_new_in_the_same_place_and_gives_the_screen_back() {
        home.accept("first");
        int[] looks = {0};
        StatusCommand command = new StatusCommand(
                millis -> {
                    home.accept("second");
                    return ++looks[0] == 2;
                },
                Thread::new,
                TimeSource.system(),
                () -> TERMINAL);

        String out = shown("status", command, "--watch");

        assertThat(out).startsWith("\u001b[?1049h").endsWith("\u001b[?1049l");
        assertThat(out.split("\u001b\\[H")).hasSize(3);
        assertThat(out.split("\u001b\\[H")[1]).contains("first").doesNotContain("second");
        assertThat(out.split("\u001b\\[H")[2]).contains("second");
    }

    @Test
    void top_reads_what_is_new_and_not_again_what_it_has_shown(@TempDir Path other) throws IOException {
        try (CliHome small = new CliHome(other, 600)) {
            List.of("a", "b", "c", "d").forEach(small::accept);
            small.saveState();
            int[] looks = {0};
            TestCli cli = new TestCli(other);
            TopCommand command = new TopCommand(
                    millis -> {
                        assertThatCode(() -> makeUnreadable(other, "events-000001.ndjson"))
                                .doesNotThrowAnyException();
                        small.accept("new");
                        return ++looks[0] == 2;
                    },
                    Thread::new,
                    TimeSource.system(),
                    () -> TERMINAL);

            assertThat(cli.run("top", command)).as(cli.err()).isZero();
            assertThat(cli.out()
                            .substring(cli.out().lastIndexOf("Latest"))
                            .lines()
                            .skip(1)
                            .filter(line -> !line.isBlank())
                            .map(line -> line.split(" ")[3])
                            .filter(id -> !id.equals("-")))
                    .containsExactly("new", "d", "c", "b", "a");
        }
    }

    @Test
    void top_reads_the_past_once_a_minute() {
        home.accept("now");
        home.running("now");
        ManualTime time = new ManualTime();
        time.advance(Duration.between(ManualTime.START, TimeSource.system().now()));
        int[] looks = {0};
        String out = shown(
                "top",
                new TopCommand(
                        millis -> {
                            if (looks[0] == 0) {
                                for (String id : List.of("a", "b", "c")) {
                                    home.accept(id);
                                    home.finish(id);
                                }
                            }
                            time.advance(looks[0] == 5 ? Duration.ofSeconds(60) : Duration.ofSeconds(1));
                            return ++looks[0] == 7;
                        },
                        Thread::new,
                        time,
                        () -> TERMINAL));

        assertThat(out.split("\u001b\\[H"))
                .hasSize(8)
                .satisfies(screens ->
                        assertThat(List.of(screens).subList(1, 7)).allMatch(screen -> screen.contains("] 5% ")))
                .satisfies(screens -> assertThat(screens[7]).contains("] 95%"));
    }

    @Test
    void a_terminal_without_colours_has_the_same_screen() {
        home.accept("now");
        home.running("now");

        assertThat(shown(
                        CommandLine.Help.Ansi.OFF,
                        "top",
                        new TopCommand(millis -> true, Thread::new, TimeSource.system(), () -> TERMINAL)))
                .startsWith("\u001b[?1049h")
                .endsWith("\u001b[?1049l")
                .contains("now")
                .doesNotContain("\u001b[1m");
    }

    @Test
    void the_task_may_come_behind_the_watch() {
        home.accept("one");
        home.accept("two");

        for (List<String> call : List.of(
                List.of("--watch", "one"),
                List.of("one", "--watch"),
                List.of("one", "-w", "3"),
                List.of("-w3", "one"))) {
            StatusCommand command = new StatusCommand(millis -> true, Thread::new, TimeSource.system(), () -> TERMINAL);
            assertThat(shown("status", command, call.toArray(new String[0])))
                    .as("%s", call)
                    .contains("one: queued")
                    .doesNotContain("two");
        }
        assertThat(home.run("status", "--watch", "0").code()).isEqualTo(2);
        assertThat(home.run("status", "--watch", "3601").code()).isEqualTo(2);
        assertThat(home.run("status", "one", "--watch", "often").code()).isEqualTo(2);
        assertThat(home.run("status", "--watch", "a/b").code()).isEqualTo(2);
        assertThat(home.run("status", "--watch", "--json").code()).isEqualTo(2);
    }

    @Test
    void ids_are_whole_and_titles_give_way() {
        String id = "a".repeat(40);
        home.accept(id);
        home.running(id);
        home.accept("b");

        assertThat(top())
                .contains("  " + id + " [", "  b" + " ".repeat(40) + "Fix b", "  Fix " + "a".repeat(17) + "...");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no directory is called like this")
    void a_directory_cannot_tell_the_terminal_anything() {
        String named = "/tmp/a\u001b]0;x\u0007";
        home.acceptIn("now", named);
        home.running("now");
        home.acceptIn("behind", named);

        String shown = home.run("status").out() + home.run("status", "behind").out() + top();
        assertThat(shown.split("now works in /tmp/a\\?]0;x\\?", -1)).hasSize(4);
        assertThat(shown).doesNotContain("\u001b]", "\u0007");
    }

    @Test
    void progress_in_json_is_as_its_schema_says() throws IOException {
        home.accept("queued");
        home.accept("now");
        home.running("now");
        used("Write", "/tmp/one.txt", true);
        home.publish("over", 1);

        for (String id : List.of("queued", "now", "over")) {
            JsonNode report =
                    Json.full().readTree(home.run("progress", id, "--json").out());
            assertThat(SchemaCheck.problems("progress", report))
                    .as("%s", report)
                    .isEmpty();
        }
        JsonNode now =
                Json.full().readTree(home.run("progress", "now", "--json").out());
        assertThat(now.at("/last_events/2/event").asText()).isEqualTo("tool_used");
        assertThat(now.at("/last_events/2/target").asText()).isEqualTo("/tmp/one.txt");
    }

    private void asks(String id, String question) {
        home.accept(id);
        home.running(id);
        home.commit(
                new TaskEvent.QuestionAsked(new TaskId(id), 1, 1, question),
                new TaskEvent.StepStarted(new TaskId(id), 1, Step.PERSIST),
                new TaskEvent.TurnFinished(new TaskId(id), 1, TaskStatus.AWAITING_REPLY));
    }

    @Test
    void a_task_that_waits_for_a_reply_says_what_its_agent_asks_and_how_to_answer() throws IOException {
        asks("now", "In which\u001b[2J currency?");
        for (String call : List.of("status", "status now", "progress now")) {
            assertThat(home.run(call.split(" ")).out())
                    .as(call)
                    .contains("In which?[2J currency?", "`reply now \"...\"`")
                    .doesNotContain("%", "so far");
        }
        JsonNode progress =
                Json.full().readTree(home.run("progress", "now", "--json").out());
        assertThat(SchemaCheck.problems("progress", progress)).isEmpty();
        assertThat(progress.at("/question/text").asText()).startsWith("In which");
        assertThat(Json.full().readTree(home.run("status", "--json").out()).at("/waiting/0/question"))
                .isEqualTo(progress.at("/question"));
    }

    @Test
    void a_question_that_was_answered_does_not_wait() throws IOException {
        asks("now", "In which currency?");
        home.running("now");
        assertThat(home.run("status", "now").out()).doesNotContain("currency", "reply");
        assertThat(Json.full()
                        .readTree(home.run("status", "now", "--json").out())
                        .at("/question")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_long_question_is_cut() {
        asks("now", "why ".repeat(200) + "?");
        assertThat(home.run("status").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(320));
    }

    @Test
    void top_has_all_that_happens_on_one_screen() {
        home.accept("now");
        home.running("now");
        home.accept("behind");
        used("Write", "/tmp/one.txt", true);

        String out = shown("top", new TopCommand(millis -> true, Thread::new, TimeSource.system(), () -> TERMINAL));

        assertThat(out)
                .contains("1 of 3 workers busy, 1 queued", "now", "behind", "now works in /tmp")
                .contains("tool_used");
    }

    @Test
    void events_have_the_colour_of_what_they_mean_and_can_be_asked_for_by_it() {
        home.accept("now");
        home.running("now");
        home.commit(new AttemptEvent.SecurityViolation(new TaskId("now"), 1, 1, "Write", "../x", "/x", "outside"));
        home.commit(new DaemonEvent.ConfigRefused("file", List.of("retries: many")));
        home.accept("b");
        home.finish("b");

        assertThat(shown("tail-events", new TailEventsCommand(millis -> true)))
                .contains("\u001b[31msecurity_violation\u001b[0m", "\u001b[32mtask_finished\u001b[0m");
        assertThat(home.run("tail-events", "--severity", "error").out().lines()).hasSize(2);
        assertThat(home.run("tail-events", "--severity", "error", "--json")
                        .out()
                        .lines())
                .allMatch(line -> line.contains("security_violation") || line.contains("config_refused"));
    }
}
