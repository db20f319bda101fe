package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.history.HistoryKeeper;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsCommandTest {
    @TempDir
    Path root;

    private final ManualTime time = new ManualTime();
    private final Map<String, String> environment = new HashMap<>();
    private Home home;
    private Journal journal;
    private HistoryKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        home = new Home(root);
        home.prepare();
        journal = Journal.open(home.journal(), 2000, Journal.Trusted.NOTHING, time, Thread::new);
        keeper = new HistoryKeeper(home.history(), home.journal(), journal::sync, time);
        journal.start(List.of(keeper));
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private record Ran(int code, String out, String err) {}

    private Ran run(String... args) {
        return run(root, args);
    }

    private Ran run(Path where, String... args) {
        TestCli cli = new TestCli(where);
        int code = cli.run("stats", new StatsCommand(environment, Thread::new, time), args);
        return new Ran(code, cli.out(), cli.err());
    }

    /** Two tasks, one of which needs two attempts and one of which fails; a third is cancelled before it begins. */
    private void aPast() throws IOException {
        TaskId slow = new TaskId("slow");
        journal.commit(List.of(
                begun(slow, 1),
                attempt(slow, 1, Failure.of(FailureCategory.OVERLOADED, "later"), "0.05"),
                new AttemptEvent.SecurityViolation(slow, 1, 2, "Write", "../passwd", "/etc/passwd", "outside"),
                begun(slow, 2),
                attempt(slow, 2, null, "0.15"),
                end("slow", TaskStatus.SUCCEEDED, "bug_fix", null, 2, 185_000, "0.20")));
        keeper.write();
        time.advance(Duration.ofHours(2));
        TaskId bad = new TaskId("bad");
        journal.commit(List.of(
                begun(bad, 1),
                attempt(bad, 1, Failure.of(FailureCategory.MAX_TURNS, "too many"), "1.5"),
                end("bad", TaskStatus.FAILED, "analyze", FailureCategory.MAX_TURNS, 1, 900, "1.5"),
                end("gone", TaskStatus.CANCELLED, "analyze", null, 0, 0, null)));
    }

    private static Event begun(TaskId id, int attempt) {
        return new AttemptEvent.AttemptStarted(id, 1, attempt, "claude", "s", false, null);
    }

    private static Event attempt(TaskId id, int attempt, Failure failure, String cost) {
        return new AttemptEvent.AttemptFinished(id, 1, attempt, failure, false, 0, 10, 1, new BigDecimal(cost));
    }

    private static Event end(
            String id,
            TaskStatus status,
            String type,
            FailureCategory category,
            int attempts,
            long duration,
            String cost) {
        BigDecimal usd = cost == null ? null : new BigDecimal(cost);
        return new TaskEvent.TaskFinished(
                new TaskId(id), 1, status, type, category, attempts, duration, usd, attempts * 10L, attempts * 3L);
    }

    @Test
    @EffectOf({"limits.usd_per_day", "limits.runs_total"})
    void a_person_reads_this() throws IOException {
        aPast();
        environment.put("ORCHESTRATOR_LIMITS_USD_PER_DAY", "5.00");
        environment.put("ORCHESTRATOR_LIMITS_RUNS_TOTAL", "100");
        assertThat(run().out()).isEqualToNormalizingNewlines("""
                Tasks:  3; 1 succeeded, 1 failed, 1 cancelled; success rate 50.00 %
                Turns:  3; 1 succeeded, 1 failed, 1 cancelled; success rate 50.00 %
                        ended from 2026-11-22 14:25:01 UTC to 2026-11-22 16:25:01 UTC

                A turn                p50          p90          p95          p99         most       in all
                took                0.9 s   3 min 05 s   3 min 05 s   3 min 05 s   3 min 05 s   3 min 05 s
                attempts                1            2            2            2            2            3
                cost              $0.2000      $1.5000      $1.5000      $1.5000      $1.5000      $1.7000
                tokens in              10           20           20           20           20           30
                tokens out              3            6            6            6            6            9

                Type                turns       failed      success     took p50     took p95  cost in all
                analyze                 2            1       0.00 %        0.9 s        0.9 s      $1.5000
                bug_fix                 1            0     100.00 %   3 min 05 s   3 min 05 s      $0.2000

                Day (UTC)           turns       failed      success         cost
                2026-11-22              3            1      50.00 %      $1.7000   ####################

                Failed for                turns     attempts
                overloaded                    0            1
                max_turns                     1            1

                Security violations: 1

                Spent
                today (UTC)  3 runs, $1.70 of $5.00
                in all       3 of 100 runs, $1.70
                """);
    }

    @Test
    void since_leaves_out_what_was_before() throws IOException {
        aPast();
        assertThat(run("--since", "90m").out())
                .startsWith("Tasks:  2; 0 succeeded, 1 failed, 1 cancelled; success rate 0.00 %\n")
                .contains(
                        "        ended from 2026-11-22 16:25:01 UTC to 2026-11-22 16:25:01 UTC\n",
                        "in all       3 runs, $1.70")
                .doesNotContain("bug_fix", "Security", "overloaded");
        assertThat(run("--since", "2h").out()).startsWith("Tasks:  3;");
        assertThat(run("--since", "2026-11-22").out()).startsWith("Tasks:  3;");
        assertThat(run("--since", "2026-11-22T14:25:01Z").out()).startsWith("Tasks:  3;");
        assertThat(run("--since", "2026-11-22T14:25:02Z").out()).startsWith("Tasks:  2;");
    }

    @Test
    void where_nothing_has_ended_it_says_so_and_that_is_no_error() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));
        assertThat(run(empty)).isEqualTo(new Ran(0, "Nothing to count yet: no task has ended in " + empty + ".\n", ""));
        assertThat(empty).isEmptyDirectory();
        assertThat(run().out()).isEqualTo("Nothing to count yet: no task has ended in " + root + ".\n");
        aPast();
        Ran later = run("--since", "2099-01-01");
        assertThat(later.code()).isZero();
        assertThat(later.out())
                .startsWith("Nothing to count: no task in " + root
                        + " has ended since 2099-01-01 00:00:00 UTC.\n\nSpent\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "7", "2026-02-30", "366d", "-1d"})
    void a_time_that_is_none_is_a_mistake_in_the_call(String since) {
        Ran ran = run("--since=" + since);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--since '" + since + "' is ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void the_bars_of_all_days_begin_below_each_other() throws IOException {
        aPast();
        time.advance(Duration.ofDays(1));
        journal.commit(List.of(end("next", TaskStatus.SUCCEEDED, "analyze", null, 1, 900, null)));

        List<String> bars =
                run().out().lines().filter(line -> line.endsWith("#")).toList();
        assertThat(bars).hasSize(2);
        assertThat(bars.get(1)).endsWith(" #######").doesNotContain("########");
        assertThat(bars.get(1).indexOf('#')).isEqualTo(bars.get(0).indexOf('#'));
    }

    @Test
    @EffectOf({"limits.usd_per_day", "limits.runs_per_day"})
    void the_json_is_what_its_schema_says_with_something_to_count_and_without() throws IOException {
        assertJson(run("--json"));
        aPast();
        assertJson(run("--json"));
        environment.put("ORCHESTRATOR_LIMITS_USD_PER_DAY", "5.00");
        environment.put("ORCHESTRATOR_LIMITS_RUNS_PER_DAY", "9");
        JsonNode json = assertJson(run("--json", "--since", "90m"));
        assertThat(json.at("/turns/total").asInt()).isEqualTo(2);
        assertThat(json.at("/since").asText()).isEqualTo("2026-11-22T14:55:01.000Z");
        assertThat(json.at("/first").asText()).isEqualTo("2026-11-22T16:25:01.000Z");
        assertThat(json.at("/tasks").toString())
                .isEqualTo("{\"total\":2,\"succeeded\":0,\"failed\":1,\"cancelled\":1,\"rejected\":0,"
                        + "\"success_rate\":0.0}");
        assertThat(json.at("/duration_ms").toString())
                .isEqualTo("{\"count\":1,\"total\":900,\"p50\":900,\"p90\":900,\"p95\":900,\"p99\":900,\"max\":900}");
        assertThat(json.at("/by_category").toString())
                .isEqualTo("[{\"category\":\"max_turns\",\"turns\":1,\"attempts\":1}]");
        assertThat(json.at("/by_type/0/type").asText()).isEqualTo("analyze");
        assertThat(json.at("/cost_usd/total").decimalValue()).isEqualByComparingTo("1.5");
        assertThat(json.at("/input_tokens/max").asInt()).isEqualTo(10);
        assertThat(json.at("/output_tokens/max").asInt()).isEqualTo(3);
        assertThat(json.at("/spending/total/usd").decimalValue()).isEqualByComparingTo("1.7");
        assertThat(json.at("/spending/today/runs_cap").asInt()).isEqualTo(9);
        assertThat(json.at("/by_type/0/duration_ms/p99").asInt()).isEqualTo(900);
        assertThat(json.at("/spending/today/usd_cap").decimalValue()).isEqualByComparingTo("5");
        environment.put("ORCHESTRATOR_WORKERS", "none");
        assertThat(assertJson(run("--json")).at("/settings_problem").asText()).contains("`config`");
    }

    private static JsonNode assertJson(Ran ran) throws IOException {
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("{\n  \"schema_version\": \"1.0\",\n");
        JsonNode json = Json.full().readTree(ran.out());
        assertThat(SchemaCheck.problems("stats", json)).isEmpty();
        return json;
    }

    @Test
    void it_reads_while_a_daemon_has_the_home_and_leaves_no_trace() throws IOException {
        aPast();
        try (LockFile lock = LockFile.tryAcquire(home.daemonLock()).orElseThrow()) {
            assertThat(lock).isNotNull();
            Map<String, FileTime> before = files();
            assertThat(run().code()).isZero();
            assertThat(files()).isEqualTo(before);
        }
    }

    private Map<String, FileTime> files() throws IOException {
        Map<String, FileTime> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                found.put(path.toString(), Files.getLastModifiedTime(path));
            }
        }
        return found;
    }

    @Test
    void a_spreadsheet_gets_a_line_for_everything_and_no_formula() throws IOException {
        aPast();
        journal.commit(List.of(new TaskEvent.TaskFinished(
                new TaskId("odd"), 1, TaskStatus.SUCCEEDED, "=1+1,\"x", null, 1, 900, null, 1, 1)));

        List<String> lines = run("--csv").out().lines().toList();

        assertThat(lines.get(0)).startsWith("group,name,turns,succeeded,failed,");
        assertThat(lines).anyMatch(line -> line.startsWith("all,,"));
        assertThat(lines).anyMatch(line -> line.startsWith("day,2026-11-22,"));
        assertThat(lines).anyMatch(line -> line.startsWith("type,\"'=1+1,_x\",1,1,0,"));
        assertThat(lines.stream().filter(line -> !line.contains("=1+1")))
                .allMatch(line -> line.chars().filter(c -> c == ',').count() == 15);
        assertThat(run("--csv", "--json").code()).isEqualTo(2);
    }
}
