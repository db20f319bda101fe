package dev.orchestrator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.dispatch.Dispatcher.Resume;
import dev.orchestrator.engine.Gate.Verdict;
import dev.orchestrator.pipeline.Dispatch;
import dev.orchestrator.pipeline.Dispatch.Parked;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.DaemonEvent.QueuePaused;
import dev.orchestrator.task.DaemonEvent.QueueResumed;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.UsageLimit;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.testkit.TaskBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DispatcherTest {
    private static final Caps.Cap NO_CAP = new Caps.Cap(Optional.empty(), Optional.empty());
    private static final int WORKERS = 2;
    private static final Task A = TaskBuilder.task("a").build();
    private static final Task B = TaskBuilder.task("b").build();
    private static final Task C = TaskBuilder.task("c").build();

    private final ManualTime time = new ManualTime();
    private final RecordingSink journal = new RecordingSink(time);
    private final World world = new World();
    private final AtomicInteger opened = new AtomicInteger();
    private Resume resume = Resume.AUTO;
    private @Nullable String model;
    private Caps caps = new Caps(NO_CAP, NO_CAP, NO_CAP);
    private Snapshot.Totals totals = Snapshot.Totals.NONE;
    private Snapshot.Today today = Snapshot.Today.NONE;
    private Dispatcher dispatcher = dispatcher(List.of());

    private Dispatcher dispatcher(List<Hold> earlier) {
        Dispatcher made = new Dispatcher(
                () -> new Dispatcher.Rules(resume, caps, model, WORKERS),
                () -> new StateIndex.Spent(totals, today),
                world,
                journal,
                new Random(1),
                time);
        made.restore(earlier, List.of(), opened::incrementAndGet);
        return made;
    }

    private static final class World implements Surroundings {
        boolean mended;
        int asked;
        boolean full;
        boolean unwritable;

        @Override
        public boolean mayBeMended(Hold.Cause cause) {
            asked++;
            return mended;
        }

        @Override
        public Optional<String> lackOfSpace() {
            return full ? Optional.of("the disk is full") : Optional.empty();
        }

        @Override
        public Optional<String> ownFilesProblem() {
            return unwritable ? Optional.of("results cannot be written") : lackOfSpace();
        }
    }

    @Test
    void with_nothing_in_the_way_everything_goes() {
        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPEN);
        assertThat(dispatcher.enter(A)).isTrue();
        assertThat(dispatcher.admits(A)).isTrue();
    }

    // A usage limit.

    @Test
    void a_usage_limit_parks_all_tasks_until_its_reset_and_tells_both_edges_once() {
        Instant reset = time.now().plusSeconds(600);
        Parked parked = limited(new UsageLimit("five_hour", reset, null)).orElseThrow();
        limited(new UsageLimit("five_hour", reset, null));

        assertThat(parked.until()).isBetween(reset, reset.plusSeconds(10));
        assertThat(parked.window()).isEqualTo("five_hour");
        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPENS_BY_ITSELF);
        assertThat(dispatcher.enter(B)).isFalse();
        assertThat(dispatcher.admits(B)).isFalse();

        time.advance(Duration.ofSeconds(590));
        dispatcher.look();
        assertThat(opened).hasValue(0);
        time.advance(Duration.ofSeconds(20));
        dispatcher.look();

        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPEN);
        assertThat(opened).hasValue(1);
        assertThat(journal.events(QueuePaused.class)).hasSize(1);
        assertThat(journal.events(QueueResumed.class)).hasSize(1);
    }

    @Test
    void a_model_that_a_template_asks_for_is_the_one_that_counts() {
        dispatcher.wishes(A, "opus");
        dispatcher.failed(
                A,
                Failure.of(FailureCategory.USAGE_LIMIT, "limit"),
                new UsageLimit("weekly", time.now().plusSeconds(600), "opus"),
                "claude-opus-4",
                false);

        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPENS_BY_ITSELF);
        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPEN);

        dispatcher.wishes(A, null);
        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void when_the_user_wants_to_be_asked_he_is_and_nothing_goes_on_before() {
        resume = Resume.ASK;
        limited(new UsageLimit("five_hour", time.now().plusSeconds(60), null));
        time.advance(Duration.ofMinutes(2));
        dispatcher.look();

        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.NEEDS_SOMEBODY);
        assertThat(journal.events(QueuePaused.class)).hasSize(2);
        dispatcher.look();
        assertThat(journal.events(QueuePaused.class)).hasSize(2);

        assertThat(dispatcher.resume("me")).isEmpty();
        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void when_the_user_wants_to_be_left_alone_the_reset_changes_nothing() {
        resume = Resume.OFF;
        limited(new UsageLimit("five_hour", time.now().plusSeconds(60), null));
        time.advance(Duration.ofDays(2));
        dispatcher.look();

        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.NEEDS_SOMEBODY);
        assertThat(journal.events(QueuePaused.class)).hasSize(1);
    }

    @Test
    void the_window_of_one_model_parks_only_tasks_for_that_model() {
        Task opus = TaskBuilder.task("o").model("claude-Opus-5").build();
        Task sonnet = TaskBuilder.task("s").model("sonnet").build();
        dispatcher.failed(
                opus,
                failure(FailureCategory.USAGE_LIMIT),
                new UsageLimit("seven_day_opus", null, "opus"),
                "claude-opus-5-5",
                false);

        assertThat(dispatcher.verdict(opus)).isEqualTo(Verdict.OPENS_BY_ITSELF);
        assertThat(dispatcher.verdict(sonnet)).isEqualTo(Verdict.OPEN);
        assertThat(dispatcher.verdict(A)).as("nobody knows what it would get").isEqualTo(Verdict.OPEN);
    }

    @Test
    void a_task_that_names_no_model_is_parked_with_the_model_that_it_got() {
        dispatcher.failed(
                A,
                failure(FailureCategory.USAGE_LIMIT),
                new UsageLimit("seven_day_opus", null, "opus"),
                "claude-opus-5-5",
                false);
        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPENS_BY_ITSELF);

        model = "sonnet";
        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void several_runs_that_meet_one_limit_without_a_time_are_one_guess() {
        limited(new UsageLimit("unknown", null, null));
        Instant first =
                limited(new UsageLimit("unknown", null, null)).orElseThrow().until();
        time.advance(Duration.ofMinutes(16));
        dispatcher.look();
        Instant second =
                limited(new UsageLimit("unknown", null, null)).orElseThrow().until();

        assertThat(first).isBefore(ManualTime.START.plus(Duration.ofMinutes(16)));
        assertThat(Duration.between(time.now(), second)).isGreaterThanOrEqualTo(Duration.ofMinutes(30));
    }

    // What the agent lacks.

    @ParameterizedTest
    @EnumSource(
            value = FailureCategory.class,
            names = {"AUTH", "BILLING", "AGENT_MISSING"})
    void what_no_task_can_do_without_stops_all_with_one_notice(FailureCategory category) {
        assertThat(failed(A, category)).isPresent();
        assertThat(failed(B, category)).isPresent();

        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.NEEDS_SOMEBODY);
        assertThat(journal.events(QueuePaused.class)).singleElement().satisfies(paused -> {
            assertThat(paused.cause()).hasToString(category.toString());
            assertThat(paused.remedy()).isEqualTo(category.suggestedAction());
        });
    }

    @Test
    void once_it_may_be_mended_one_task_tries_and_its_answer_opens_the_way_for_all() throws Exception {
        failed(A, FailureCategory.AUTH);
        time.advance(Duration.ofMinutes(1));
        dispatcher.lookAround();
        assertThat(dispatcher.verdict(A)).as("not mended").isEqualTo(Verdict.NEEDS_SOMEBODY);

        world.mended = true;
        time.advance(Duration.ofMinutes(1));
        dispatcher.lookAround();
        assertThat(opened).hasValue(1);
        assertThat(dispatcher.enter(A)).isTrue();
        assertThat(dispatcher.admits(A)).isTrue();
        assertThat(dispatcher.enter(B)).as("a second one").isFalse();

        dispatcher.answered(B.id());
        assertThat(dispatcher.holds()).as("began before").hasSize(1);
        dispatcher.answered(A.id());

        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPEN);
        assertThat(dispatcher.holds()).isEmpty();
        assertThat(journal.events(QueueResumed.class)).hasSize(1);
    }

    @Test
    void one_that_tries_in_vain_makes_the_next_try_later_and_is_no_news() throws Exception {
        world.mended = true;
        failed(A, FailureCategory.BILLING);
        time.advance(Duration.ofSeconds(30));
        dispatcher.lookAround();
        dispatcher.enter(A);
        failed(A, FailureCategory.BILLING);
        dispatcher.leave(A.id());

        time.advance(Duration.ofSeconds(31));
        dispatcher.lookAround();
        assertThat(dispatcher.enter(A)).isFalse();
        time.advance(Duration.ofSeconds(30));
        dispatcher.lookAround();
        assertThat(dispatcher.enter(A)).isTrue();
        assertThat(journal.events(QueuePaused.class)).hasSize(1);
    }

    @Test
    void one_that_tries_and_finds_nothing_out_leaves_the_place_to_another() throws Exception {
        world.mended = true;
        failed(A, FailureCategory.AUTH);
        time.advance(Duration.ofMinutes(1));
        dispatcher.lookAround();
        dispatcher.enter(A);
        dispatcher.leave(A.id());

        assertThat(dispatcher.enter(B)).isTrue();
    }

    @Test
    void what_the_built_in_agent_lacks_is_not_in_the_way_of_another() {
        Task other = TaskBuilder.task("other").by("mine").build();
        for (FailureCategory category : List.of(FailureCategory.AUTH, FailureCategory.BILLING)) {
            failed(A, category);
            assertThat(dispatcher.verdict(other)).isEqualTo(Verdict.OPEN);
            assertThat(dispatcher.enter(other)).isTrue();
            assertThat(dispatcher.admits(other)).isTrue();
            dispatcher.leave(other.id());
        }
        dispatcher = dispatcher(List.of());
        limited(new UsageLimit("five_hour", time.now().plusSeconds(600), null));
        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPENS_BY_ITSELF);
        assertThat(dispatcher.verdict(other)).isEqualTo(Verdict.OPEN);
        assertThat(dispatcher.enter(other)).isTrue();
    }

    @Test
    void what_another_agent_is_answered_does_not_show_that_the_built_in_one_is_logged_in() throws Exception {
        Task other = TaskBuilder.task("other").by("mine").build();
        world.mended = true;
        for (int i = 0; i < 3; i++) {
            assertThat(failed(A, FailureCategory.AUTH)).as("waits").isPresent();
            time.advance(Duration.ofHours(2));
            dispatcher.lookAround();
            assertThat(dispatcher.enter(other)).isTrue();
            dispatcher.answered(other.id());
            dispatcher.leave(other.id());
            assertThat(dispatcher.holds()).hasSize(1);
            assertThat(dispatcher.enter(A)).as("tries itself").isTrue();
            dispatcher.leave(A.id());
        }
    }

    @Test
    void a_program_that_is_missing_and_a_pause_are_in_the_way_of_all() {
        Task other = TaskBuilder.task("other").by("mine").build();
        failed(A, FailureCategory.AGENT_MISSING);
        assertThat(dispatcher.verdict(other)).isEqualTo(Verdict.NEEDS_SOMEBODY);

        dispatcher = dispatcher(List.of());
        dispatcher.pause("a test", "");
        assertThat(dispatcher.verdict(other)).isEqualTo(Verdict.NEEDS_SOMEBODY);
    }

    /** One with a model of its own that needs credit, say. */
    @Test
    void one_that_lacks_what_others_do_well_without_fails_in_the_end_and_holds_nobody_any_more() throws Exception {
        world.mended = true;
        for (int i = 0; i < 2; i++) {
            assertThat(failed(A, FailureCategory.BILLING)).isPresent();
            time.advance(Duration.ofMinutes(1));
            dispatcher.lookAround();
            assertThat(dispatcher.enter(B)).isTrue();
            dispatcher.answered(B.id());
            dispatcher.leave(B.id());
        }
        assertThat(failed(A, FailureCategory.BILLING)).isEmpty();
        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void one_that_tried_in_vain_lets_others_try_first() throws Exception {
        world.mended = true;
        failed(A, FailureCategory.AUTH);
        time.advance(Duration.ofSeconds(30));
        dispatcher.lookAround();
        dispatcher.enter(A);

        assertThat(failed(A, FailureCategory.AUTH).orElseThrow().earliest())
                .isAfter(time.now().plusSeconds(60));
    }

    @Test
    void a_restart_is_a_reason_to_try_at_once() {
        failed(A, FailureCategory.AUTH);
        dispatcher = dispatcher(dispatcher.holds());

        assertThat(dispatcher.enter(A)).isTrue();
        assertThat(dispatcher.enter(B)).isFalse();
    }

    @Test
    void a_person_may_say_that_it_is_mended() {
        failed(A, FailureCategory.AUTH);
        assertThat(dispatcher.resume("me")).hasSize(1);

        assertThat(dispatcher.enter(A)).isTrue();
    }

    @Test
    void of_those_that_an_earlier_daemon_left_one_tries_and_its_answer_counts() {
        failed(A, FailureCategory.AUTH);
        dispatcher = dispatcher(dispatcher.holds());

        assertThat(dispatcher.admits(A)).as("it did not come through the gate").isTrue();
        assertThat(dispatcher.admits(B)).isFalse();
        dispatcher.answered(A.id());
        assertThat(dispatcher.holds()).isEmpty();
    }

    @Test
    void a_task_that_is_answered_and_fails_for_what_all_lack_again_and_again_fails_by_itself() throws Exception {
        world.mended = true;
        int runs = 0;
        Instant start = time.now();
        boolean parked = true;
        while (parked && runs < 100) {
            dispatcher.lookAround();
            if (dispatcher.enter(A)) {
                runs++;
                dispatcher.answered(A.id());
                parked = failed(A, FailureCategory.BILLING).isPresent();
                dispatcher.leave(A.id());
            }
            time.advance(Duration.ofSeconds(5));
        }
        assertThat(runs).isEqualTo(6);
        assertThat(Duration.between(start, time.now()))
                .as("less and less often")
                .isGreaterThan(Duration.ofMinutes(7));
    }

    @Test
    void the_program_is_asked_less_and_less_often_whether_it_is_mended() throws Exception {
        failed(A, FailureCategory.AUTH);
        for (int i = 0; i < 12 * 720; i++) {
            dispatcher.lookAround();
            time.advance(Duration.ofSeconds(5));
        }
        assertThat(world.asked).isBetween(12, 25);
    }

    // A person.

    @Test
    void a_pause_holds_until_it_is_resumed_also_over_a_restart() {
        dispatcher.pause("me", "lunch");
        dispatcher = dispatcher(dispatcher.holds());
        time.advance(Duration.ofDays(30));
        dispatcher.look();

        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.NEEDS_SOMEBODY);
        assertThat(dispatcher.holds().get(0).message()).isEqualTo("paused by me: lunch");
        assertThat(dispatcher.resume("me")).isEmpty();
        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPEN);
    }

    // Models and clocks.

    /** Such as an alias of the CLI's, or a subagent that has another model. */
    @ParameterizedTest
    @CsvSource({"best,claude-opus-4-5", "sonnet,claude-sonnet-4-5", ",claude-sonnet-4-5"})
    void a_task_that_meets_the_limit_of_a_model_that_is_called_otherwise_waits_for_it_too(
            @Nullable String wish, String told) {
        model = wish;
        Instant reset = time.now().plus(Duration.ofDays(5));
        UsageLimit opus = new UsageLimit("seven_day_opus", reset, "opus");

        Parked parked = dispatcher
                .failed(A, failure(FailureCategory.USAGE_LIMIT), opus, told, false)
                .orElseThrow();

        boolean held = dispatcher.verdict(A) != Verdict.OPEN;
        assertThat(held || !parked.earliest().isBefore(reset)).isTrue();
    }

    @Test
    void a_name_that_stands_for_a_model_is_that_model_once_a_run_has_told() {
        model = "best";
        UsageLimit opus = new UsageLimit("seven_day_opus", time.now().plus(Duration.ofDays(5)), "opus");
        dispatcher.failed(A, failure(FailureCategory.USAGE_LIMIT), opus, "claude-opus-4-5", false);

        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPENS_BY_ITSELF);
    }

    @Test
    void a_reset_that_is_said_to_be_over_again_and_again_is_tried_less_and_less_often() {
        int runs = 0;
        for (int second = 0; second < 5 * 3600; second++) {
            dispatcher.look();
            if (dispatcher.enter(A)) {
                runs++;
                UsageLimit over = new UsageLimit("five_hour", time.now().minusSeconds(30), null);
                dispatcher.failed(A, failure(FailureCategory.USAGE_LIMIT), over, null, false);
                dispatcher.leave(A.id());
            }
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(runs).isBetween(7, 12);
    }

    @Test
    void a_clock_that_is_set_back_does_not_make_a_limit_last_longer() {
        UsageLimit limit = new UsageLimit("five_hour", time.now().plus(Duration.ofHours(2)), null);
        dispatcher.failed(A, failure(FailureCategory.USAGE_LIMIT), limit, null, false);
        time.advance(Duration.ofDays(-30));
        dispatcher.look();

        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPEN);
    }

    // Money.

    @Test
    void runs_that_an_earlier_daemon_left_do_not_pass_the_last_place_together() {
        caps = new Caps(NO_CAP, NO_CAP, new Caps.Cap(Optional.empty(), Optional.of(1)));

        assertThat(dispatcher.admits(A)).isTrue();
        assertThat(dispatcher.admits(A)).as("it has its place").isTrue();
        assertThat(dispatcher.admits(B)).isFalse();
    }

    @Test
    void when_another_run_has_spent_the_rest_meanwhile_nobody_gets_all_there_is() {
        caps = new Caps(NO_CAP, usd("5"), NO_CAP);
        assertThat(dispatcher.enter(A)).isTrue();
        today = new Snapshot.Today("2026-11-22", 3, new BigDecimal("7.50"));

        assertThat(dispatcher.allowance(TaskBuilder.view(A), null)).isEmpty();
    }

    @Test
    void the_last_run_of_the_day_is_not_given_twice() {
        caps = new Caps(NO_CAP, new Caps.Cap(Optional.empty(), Optional.of(1)), NO_CAP);
        assertThat(dispatcher.enter(A)).isTrue();
        assertThat(dispatcher.admits(A)).isTrue();
        assertThat(dispatcher.enter(B)).isFalse();

        dispatcher.leave(A.id());
        assertThat(dispatcher.enter(B)).as("a came to nothing").isTrue();
    }

    @Test
    void money_that_is_spent_today_is_there_again_tomorrow() {
        caps = new Caps(NO_CAP, new Caps.Cap(Optional.of(new BigDecimal("5")), Optional.empty()), NO_CAP);
        today = new Snapshot.Today("2026-11-22", 3, new BigDecimal("5.01"));
        dispatcher.look();

        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.NEEDS_SOMEBODY);
        assertThat(dispatcher.holds().get(0).message()).contains("$5.01 of $5 are spent on 2026-11-22 (UTC)");
        dispatcher.look();
        assertThat(journal.events(QueuePaused.class)).hasSize(1);

        time.advance(Duration.ofDays(1));
        dispatcher.look();
        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPEN);
        assertThat(opened).hasValue(1);
    }

    @Test
    void a_clock_that_is_set_back_over_midnight_gives_no_money_back() {
        caps = new Caps(NO_CAP, new Caps.Cap(Optional.of(new BigDecimal("5")), Optional.empty()), NO_CAP);
        today = new Snapshot.Today("2026-11-23", 3, new BigDecimal("5.01"));
        dispatcher.look();

        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.NEEDS_SOMEBODY);
        assertThat(dispatcher.holds().get(0).until()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));

        today = new Snapshot.Today("2027-01-01", 3, new BigDecimal("5.01"));
        dispatcher.look();
        assertThat(dispatcher.verdict(A)).as("it was far in the future once").isEqualTo(Verdict.OPEN);
    }

    @Test
    void what_is_spent_for_good_waits_for_a_larger_cap() {
        caps = new Caps(NO_CAP, NO_CAP, new Caps.Cap(Optional.empty(), Optional.of(7)));
        totals = new Snapshot.Totals(7, Map.of(), Map.of(), 0, 7, BigDecimal.ONE, 0, 0);
        dispatcher.look();
        time.advance(Duration.ofDays(400));
        dispatcher.look();
        assertThat(dispatcher.holds())
                .singleElement()
                .satisfies(hold -> assertThat(hold.remedy()).contains("limits.runs_total"));

        caps = new Caps(NO_CAP, NO_CAP, new Caps.Cap(Optional.empty(), Optional.of(8)));
        dispatcher.look();
        assertThat(dispatcher.enter(A)).isTrue();
    }

    @Test
    void a_run_may_cost_what_is_left_of_the_tightest_cap() {
        caps = new Caps(usd("3"), usd("10"), usd("100"));
        totals = new Snapshot.Totals(0, Map.of(), Map.of(), 0, 0, new BigDecimal("99.50"), 0, 0);
        today = new Snapshot.Today("2026-11-22", 1, new BigDecimal("9"));

        BigDecimal half = new BigDecimal("0.50");
        assertThat(dispatcher.allowance(TaskBuilder.view(A, ended(FailureCategory.BUDGET)), null))
                .contains(new Dispatch.Allowance(half, true, half));
        assertThat(dispatcher.failed(A, failure(FailureCategory.BUDGET), null, null, true))
                .as("it would have gone on, had there been money")
                .isPresent();
        assertThat(dispatcher.failed(A, failure(FailureCategory.BUDGET), null, null, false))
                .as("its own limit")
                .isEmpty();
        assertThat(dispatcher.enter(A)).as("what is left is too little").isFalse();
        time.advance(Duration.ofDays(1));
        dispatcher.look();
        assertThat(dispatcher.enter(A)).as("another day").isTrue();
    }

    @Test
    void the_rest_of_a_task_s_own_share_is_its_own_limit() {
        caps = new Caps(usd("3"), usd("10"), NO_CAP);

        assertThat(dispatcher.allowance(TaskBuilder.view(A), null))
                .contains(new Dispatch.Allowance(new BigDecimal("3"), false, new BigDecimal("3")));
    }

    @Test
    void without_a_cap_a_run_has_its_own_limit_and_nothing_is_set_aside() {
        assertThat(dispatcher.allowance(TaskBuilder.view(A), null)).contains(new Dispatch.Allowance(null, false, null));
        assertThat(dispatcher.allowance(TaskBuilder.view(A), BigDecimal.ONE))
                .contains(new Dispatch.Allowance(BigDecimal.ONE, false, null));
    }

    @Test
    void runs_at_the_same_time_never_have_more_together_than_there_is() {
        caps = new Caps(NO_CAP, usd("10"), NO_CAP);
        assertThat(setAside(A, null)).isEqualByComparingTo("5");
        assertThat(setAside(B, new BigDecimal("20"))).isEqualByComparingTo("5");
        assertThat(dispatcher.allowance(TaskBuilder.view(C), null)).isEmpty();
        assertThat(dispatcher.verdict(C)).isEqualTo(Verdict.OPENS_BY_ITSELF);
        assertThat(dispatcher.admits(C)).isFalse();
        assertThat(dispatcher.admits(A)).as("whoever has its part goes on").isTrue();

        today = new Snapshot.Today("2026-11-22", 1, new BigDecimal("1"));
        dispatcher.leave(A.id());
        assertThat(dispatcher.verdict(C)).isEqualTo(Verdict.OPEN);
        assertThat(setAside(C, null)).as("10, less 1 spent, less 5 of b").isEqualByComparingTo("4");
    }

    @Test
    void a_part_that_was_too_small_is_not_all_there_is_and_the_next_is_larger() {
        caps = new Caps(NO_CAP, usd("10"), NO_CAP);
        setAside(A, null);
        today = new Snapshot.Today("2026-11-22", 1, new BigDecimal("5.02"));
        assertThat(dispatcher.failed(A, failure(FailureCategory.BUDGET), null, null, true))
                .isPresent();
        dispatcher.leave(A.id());

        assertThat(dispatcher.holds()).isEmpty();
        assertThat(dispatcher
                        .allowance(TaskBuilder.view(A, ended(FailureCategory.BUDGET)), null)
                        .orElseThrow()
                        .usd())
                .isEqualByComparingTo("4.98");
    }

    @Test
    void a_rest_of_yesterday_that_was_too_small_does_not_close_today() {
        caps = new Caps(NO_CAP, usd("10"), NO_CAP);
        today = new Snapshot.Today("2026-11-22", 1, new BigDecimal("9.80"));
        setAside(A, null);
        time.advance(Duration.ofHours(12));
        dispatcher.failed(A, failure(FailureCategory.BUDGET), null, null, true);
        dispatcher.leave(A.id());

        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void a_place_that_is_about_to_be_taken_is_not_told_as_spent_and_is_kept() {
        caps = new Caps(NO_CAP, new Caps.Cap(Optional.empty(), Optional.of(1)), NO_CAP);
        assertThat(dispatcher.enter(A)).isTrue();
        dispatcher.look();

        assertThat(dispatcher.holds()).isEmpty();
        assertThat(dispatcher.admits(A)).isTrue();
    }

    @Test
    void what_a_task_failed_for_is_forgotten_when_it_begins_anew() {
        for (int i = 0; i < 6; i++) {
            dispatcher.answered(A.id());
            failed(A, FailureCategory.AUTH);
        }
        assertThat(failed(A, FailureCategory.AUTH)).isEmpty();

        dispatcher.forget(A.id());
        assertThat(failed(A, FailureCategory.AUTH)).isPresent();
    }

    @Test
    void nobody_begins_with_a_pittance_while_others_may_bring_money_back() {
        caps = new Caps(NO_CAP, usd("1"), NO_CAP);
        setAside(A, new BigDecimal("0.90"));
        assertThat(dispatcher.verdict(B)).isEqualTo(Verdict.OPENS_BY_ITSELF);

        dispatcher.leave(A.id());
        today = new Snapshot.Today("2026-11-22", 1, new BigDecimal("0.90"));
        assertThat(setAside(B, null)).as("it is alone now").isEqualByComparingTo("0.10");
    }

    @Test
    void what_a_run_of_an_earlier_daemon_was_given_stays_set_aside() {
        caps = new Caps(NO_CAP, usd("10"), NO_CAP);
        AttemptView open = new AttemptView(
                1, 1, new AttemptView.Begin("claude", "s", false, ManualTime.START, new BigDecimal("7"), null));
        dispatcher.restore(List.of(), List.of(TaskBuilder.view(A, open)), () -> {});

        assertThat(setAside(B, null)).isEqualByComparingTo("3");
    }

    private BigDecimal setAside(Task task, @Nullable BigDecimal limit) {
        assertThat(dispatcher.enter(task)).isTrue();
        return dispatcher
                .allowance(TaskBuilder.view(task), limit)
                .map(Dispatch.Allowance::setAside)
                .orElseThrow();
    }

    @Test
    void a_task_has_its_own_share_and_what_was_nobody_s_failure_is_not_taken_off_its_runs() {
        caps = new Caps(new Caps.Cap(Optional.empty(), Optional.of(2)), NO_CAP, NO_CAP);

        assertThat(dispatcher.overspent(TaskBuilder.view(A, ended(FailureCategory.CRASH), ended(FailureCategory.AUTH))))
                .isEmpty();
        assertThat(dispatcher.overspent(
                        TaskBuilder.view(A, ended(FailureCategory.CRASH), ended(FailureCategory.CRASH))))
                .map(Failure::category)
                .contains(FailureCategory.BUDGET);
    }

    // The disk.

    @Test
    void a_home_that_cannot_be_written_stops_all_until_it_can() throws Exception {
        world.unwritable = true;
        assertThat(dispatcher.ownFilesFailed(new IOException("no"))).isTrue();
        assertThat(dispatcher.ownFilesFailed(new IOException("no"))).isTrue();
        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPENS_BY_ITSELF);
        assertThat(journal.events(QueuePaused.class)).hasSize(1);

        dispatcher.lookAround();
        assertThat(opened).hasValue(0);
        world.unwritable = false;
        dispatcher.lookAround();

        assertThat(dispatcher.verdict(A)).isEqualTo(Verdict.OPEN);
        assertThat(opened).hasValue(1);
    }

    @Test
    void a_file_that_fails_one_task_alone_stops_nobody() {
        assertThat(dispatcher.ownFilesFailed(new IOException("is a directory"))).isFalse();
        assertThat(dispatcher.holds()).isEmpty();
    }

    @Test
    void a_disk_that_fills_up_is_noticed_before_anything_fails() throws Exception {
        world.full = true;
        dispatcher.lookAround();

        assertThat(dispatcher.holds()).extracting(Hold::message).containsExactly("the disk is full");
    }

    @Test
    void what_is_some_task_s_own_failure_stops_nobody() {
        assertThat(failed(A, FailureCategory.CRASH)).isEmpty();
        assertThat(dispatcher.holds()).isEmpty();
    }

    private Optional<Parked> limited(UsageLimit limit) {
        return dispatcher.failed(A, failure(FailureCategory.USAGE_LIMIT), limit, null, false);
    }

    private Optional<Parked> failed(Task task, FailureCategory category) {
        return dispatcher.failed(task, failure(category), null, null, false);
    }

    private static Failure failure(FailureCategory category) {
        return Failure.of(category, "told so");
    }

    private static Caps.Cap usd(String amount) {
        return new Caps.Cap(Optional.of(new BigDecimal(amount)), Optional.empty());
    }

    private static AttemptView ended(FailureCategory category) {
        return new AttemptView(1, 1, new AttemptView.Begin("claude", "s", false, ManualTime.START, null, null))
                .ended(new AttemptView.End(ManualTime.START, failure(category), false, null, false));
    }
}
