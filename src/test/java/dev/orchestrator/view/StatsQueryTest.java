package dev.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.history.HistoryKeeper;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RandomPast;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsQueryTest {
    private static final long SMALL_SEGMENT = 4000;

    @TempDir
    Path root;

    private final ManualTime time = new ManualTime();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Happened> all = new ArrayList<>();
    private Home home;
    private Journal journal;
    private HistoryKeeper keeper;

    private record Happened(Event event, Instant at) {}

    @BeforeEach
    void open() throws IOException {
        home = new Home(root);
        home.prepare();
        journal = Journal.open(home.journal(), SMALL_SEGMENT, Journal.Trusted.NOTHING, time, Thread::new);
        keeper = new HistoryKeeper(home.history(), home.journal(), journal::sync, time);
        journal.start(List.of(keeper));
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private void happen(List<? extends Event> events) {
        journal.commit(events);
        events.forEach(event -> all.add(new Happened(event, time.now())));
    }

    private void ends(String id, TaskStatus status, FailureCategory category) {
        happen(List.of(new TaskEvent.TaskFinished(
                new TaskId(id), 1, status, "bug_fix", category, 1, 1000, new BigDecimal("0.25"), 1, 2)));
    }

    private StatsReport report(Instant since) throws IOException {
        return new StatsQuery(home, environment, Thread::new, time).report(since);
    }

    @RepeatedTest(5)
    void every_number_is_what_a_fold_of_all_events_says() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("StatsQueryTest seed " + seed);
        Random random = new Random(seed);
        RandomPast past = new RandomPast(seed);
        for (int i = 0; i < 60; i++) {
            happen(past.turn());
            time.advance(Duration.ofMinutes(random.nextInt(60)));
            if (random.nextInt(10) == 0) {
                keeper.write();
            }
        }
        assertIsFold(report(null), Instant.MIN, seed);
        Instant middle = ManualTime.START.plus(Duration.ofMinutes(random.nextInt(1800)));
        assertIsFold(report(middle), middle, seed);
    }

    private void assertIsFold(StatsReport report, Instant since, long seed) {
        List<TaskEvent.TaskFinished> ends = of(TaskEvent.TaskFinished.class, since);
        String as = "seed " + seed + " since " + since;
        Map<TaskId, TaskStatus> tasks = new HashMap<>();
        ends.forEach(end -> tasks.put(end.taskId(), end.status()));
        assertThat(report.tasks().total()).as(as).isEqualTo(tasks.size());
        assertThat(report.tasks().failed())
                .as(as)
                .isEqualTo(tasks.values().stream()
                        .filter(status -> status == TaskStatus.FAILED)
                        .count());
        assertFigures(report.all(), ends, as);
        assertThat(report.byType().stream()
                        .mapToLong(type -> type.figures().turns().total()))
                .as(as)
                .hasSize((int) ends.stream()
                        .map(TaskEvent.TaskFinished::type)
                        .distinct()
                        .count());
        for (StatsReport.OfType type : report.byType()) {
            assertFigures(
                    type.figures(),
                    ends.stream().filter(end -> end.type().equals(type.type())).toList(),
                    as + " " + type.type());
        }
        assertThat(report.securityViolations())
                .as(as)
                .isEqualTo(of(AttemptEvent.SecurityViolation.class, since).size());
        assertCategories(report, ends, since, as);
    }

    private void assertCategories(StatsReport report, List<TaskEvent.TaskFinished> ends, Instant since, String as) {
        List<StatsReport.OfCategory> expected = new ArrayList<>();
        for (FailureCategory category : FailureCategory.values()) {
            long turns = ends.stream().filter(end -> end.category() == category).count();
            long attempts = of(AttemptEvent.AttemptFinished.class, since).stream()
                    .filter(end -> end.failure() != null && end.failure().category() == category)
                    .count();
            if (turns + attempts > 0) {
                expected.add(new StatsReport.OfCategory(category, turns, attempts));
            }
        }
        assertThat(report.byCategory()).as(as).isEqualTo(expected);
    }

    private static void assertFigures(Figures figures, List<TaskEvent.TaskFinished> ends, String as) {
        long succeeded = count(ends, TaskStatus.SUCCEEDED);
        long failed = count(ends, TaskStatus.FAILED);
        assertThat(figures.turns().total()).as(as).isEqualTo(ends.size());
        assertThat(figures.turns().succeeded()).as(as).isEqualTo(succeeded);
        assertThat(figures.turns().failed()).as(as).isEqualTo(failed);
        assertThat(figures.turns().cancelled()).as(as).isEqualTo(count(ends, TaskStatus.CANCELLED));
        List<TaskEvent.TaskFinished> begun =
                ends.stream().filter(end -> end.attempts() > 0).toList();
        assertSpread(figures.durationMs(), begun, TaskEvent.TaskFinished::durationMs, as);
        assertSpread(figures.attempts(), begun, TaskEvent.TaskFinished::attempts, as);
        assertSpread(figures.inputTokens(), begun, TaskEvent.TaskFinished::inputTokens, as);
        assertSpread(figures.outputTokens(), begun, TaskEvent.TaskFinished::outputTokens, as);
        List<BigDecimal> costs = begun.stream()
                .filter(end -> end.costUsd() != null)
                .map(TaskEvent.TaskFinished::costUsd)
                .sorted()
                .toList();
        assertThat(figures.costUsd().count()).as(as).isEqualTo(costs.size());
        assertThat(figures.costUsd().total())
                .as(as)
                .isEqualByComparingTo(costs.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        if (!costs.isEmpty()) {
            assertThat(figures.costUsd().p90())
                    .as(as)
                    .isEqualByComparingTo(costs.get((int) Math.ceil(costs.size() * 90 / 100.0) - 1));
        }
    }

    private static void assertSpread(
            Spread<Long> spread,
            List<TaskEvent.TaskFinished> begun,
            ToLongFunction<TaskEvent.TaskFinished> value,
            String as) {
        long[] sorted = begun.stream().mapToLong(value).sorted().toArray();
        assertThat(spread.count()).as(as).isEqualTo(sorted.length);
        assertThat(spread.total())
                .as(as)
                .isEqualTo(java.util.Arrays.stream(sorted).sum());
        if (sorted.length > 0) {
            assertThat(spread.p50()).as(as).isEqualTo(sorted[(int) Math.ceil(sorted.length * 50 / 100.0) - 1]);
            assertThat(spread.p95()).as(as).isEqualTo(sorted[(int) Math.ceil(sorted.length * 95 / 100.0) - 1]);
            assertThat(spread.max()).as(as).isEqualTo(sorted[sorted.length - 1]);
        }
    }

    private static long count(List<TaskEvent.TaskFinished> ends, TaskStatus status) {
        return ends.stream().filter(end -> end.status() == status).count();
    }

    private <T extends Event> List<T> of(Class<T> type, Instant since) {
        return all.stream()
                .filter(each -> !each.at().isBefore(since))
                .map(Happened::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void what_happened_at_the_very_time_counts_and_what_did_a_millisecond_before_does_not() throws IOException {
        ends("a", TaskStatus.SUCCEEDED, null);
        keeper.write();
        assertThat(report(time.now()).all().turns().total()).isEqualTo(1);
        assertThat(report(time.now().plusMillis(1)).all().turns().total()).isZero();
        assertThat(report(time.now().plusMillis(1)).isEmpty()).isTrue();
        assertThat(report(Instant.MIN).all().turns().total()).isEqualTo(1);
        assertThat(report(Instant.MAX).isEmpty()).isTrue();
    }

    @Test
    void a_task_that_was_done_again_is_one_task_and_counts_as_it_ended_last() throws IOException {
        ends("a", TaskStatus.FAILED, FailureCategory.VALIDATION);
        ends("a", TaskStatus.SUCCEEDED, null);
        ends("b", TaskStatus.FAILED, FailureCategory.VALIDATION);
        StatsReport report = report(null);
        assertThat(report.tasks()).isEqualTo(new Ends(2, 1, 1, 0, 0, new BigDecimal("0.5000")));
        assertThat(report.all().turns()).isEqualTo(new Ends(3, 1, 2, 0, 0, new BigDecimal("0.3333")));
    }

    @Test
    void the_rate_is_all_only_when_it_is_all_and_unknown_when_nothing_was_tried() throws IOException {
        ends("x", TaskStatus.CANCELLED, null);
        assertThat(report(null).tasks().successRate()).isNull();
        for (int i = 0; i < 3; i++) {
            ends("a" + i, TaskStatus.SUCCEEDED, null);
        }
        assertThat(report(null).tasks().successRate()).isEqualTo("1.0000");
        Ends.Count many = new Ends.Count();
        for (int i = 0; i < 1_000_000; i++) {
            many.add(TaskStatus.SUCCEEDED);
        }
        many.add(TaskStatus.FAILED);
        assertThat(many.ends().successRate()).isEqualTo("0.9999");
    }

    @Test
    void a_turn_that_never_began_makes_nothing_look_quicker_or_cheaper() throws IOException {
        ends("a", TaskStatus.SUCCEEDED, null);
        happen(List.of(new TaskEvent.TaskFinished(
                new TaskId("b"), 1, TaskStatus.CANCELLED, "bug_fix", null, 0, 0, null, 0, 0)));
        Figures all = report(null).all();
        assertThat(all.turns().total()).isEqualTo(2);
        assertThat(all.durationMs().count()).isEqualTo(1);
        assertThat(all.durationMs().p50()).isEqualTo(1000);
        assertThat(all.costUsd().count()).isEqualTo(1);
    }

    @Test
    void what_is_spent_is_what_the_state_says_and_the_caps_are_those_of_the_settings() throws IOException {
        happen(List.of(
                new AttemptEvent.AttemptStarted(new TaskId("a"), 1, 1, "claude", "s", false, null),
                new AttemptEvent.AttemptFinished(
                        new TaskId("a"), 1, 1, null, false, 0, 10, 1, new BigDecimal("0.30"))));
        time.advance(Duration.ofDays(1));
        happen(List.of(new AttemptEvent.AttemptStarted(new TaskId("b"), 1, 1, "claude", "s", false, null)));
        String day = time.now().toString().substring(0, 10);
        assertThat(report(null).spending())
                .isEqualTo(new Spending(
                        new Spending.Part(day, 1, null, BigDecimal.ZERO, null),
                        new Spending.Part(null, 2, null, new BigDecimal("0.30"), null)));

        Files.writeString(home.dotenv(), "ORCHESTRATOR_LIMITS_USD_PER_DAY=5\nORCHESTRATOR_LIMITS_RUNS_TOTAL=100\n");
        environment.put("ORCHESTRATOR_LIMITS_USD_TOTAL", "50.5");
        Files.writeString(home.settings(), "limits:\n  runs_per_day: 7\n");
        assertThat(report(Instant.MAX).spending())
                .isEqualTo(new Spending(
                        new Spending.Part(day, 1, 7, BigDecimal.ZERO, new BigDecimal("5")),
                        new Spending.Part(null, 2, 100, new BigDecimal("0.30"), new BigDecimal("50.5"))));
        time.advance(Duration.ofDays(1));
        assertThat(report(null).spending().today().runs()).isZero();
    }

    @Test
    void settings_that_cannot_be_used_hide_the_caps_and_nothing_else() throws IOException {
        ends("a", TaskStatus.SUCCEEDED, null);
        Files.writeString(home.dotenv(), "ORCHESTRATOR_WORKERS=none\n");
        StatsReport report = report(null);
        assertThat(report.settingsProblem()).contains("`config` says why");
        assertThat(report.all().turns().total()).isEqualTo(1);
    }
}
