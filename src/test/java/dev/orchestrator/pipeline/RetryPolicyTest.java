package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final long SEED = 4711;
    private static final Duration OUTAGE = Duration.ofHours(12);
    private final RetryPolicy policy = new RetryPolicy(new Random(SEED));

    @ParameterizedTest
    @CsvSource({
        "CRASH, 1, 5",
        "CRASH, 2, 10",
        "CRASH, 3, 20",
        "OVERLOADED, 1, 60",
        "OVERLOADED, 4, 480",
        "OVERLOADED, 9, 1800",
        "OVERLOADED, 40, 1800"
    })
    void each_attempt_waits_twice_as_long_within_bounds(FailureCategory category, int failed, long seconds) {
        Duration delay = policy.delay(Failure.of(category, "x"), failed(failed), 100, OUTAGE)
                .orElseThrow();

        assertThat(delay).isBetween(Duration.ofMillis(seconds * 750), Duration.ofMillis(seconds * 1250));
    }

    @ParameterizedTest
    @EnumSource(FailureCategory.class)
    void what_no_retry_can_cure_is_not_tried_again(FailureCategory category) {
        assertThat(policy.delay(Failure.of(category, "x"), failed(1), 5, OUTAGE).isPresent())
                .isEqualTo(category.isRetryable());
    }

    @Test
    void retries_come_after_the_first_attempt_and_lost_attempts_are_free() {
        Failure crash = Failure.of(FailureCategory.CRASH, "x");
        assertThat(policy.delay(crash, failed(1), 0, OUTAGE)).isEmpty();
        assertThat(policy.delay(crash, failed(2), 2, OUTAGE)).isPresent();
        assertThat(policy.delay(crash, failed(3), 2, OUTAGE)).isEmpty();

        List<AttemptView> withLost = new ArrayList<>(lost(2));
        withLost.addAll(failed(1));
        assertThat(policy.delay(crash, withLost, 1, OUTAGE)).isPresent();
    }

    @Test
    void what_is_nobody_s_failure_uses_no_attempt_up() {
        List<AttemptView> attempts = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            attempts.add(new AttemptView(1, i, new AttemptView.Begin("claude", "s", false, Instant.EPOCH, null, null))
                    .ended(new AttemptView.End(
                            Instant.EPOCH, Failure.of(FailureCategory.USAGE_LIMIT, "x"), false, null, false)));
        }
        attempts.addAll(failed(1));

        assertThat(policy.delay(Failure.of(FailureCategory.CRASH, "x"), attempts, 1, OUTAGE))
                .isPresent();
    }

    @Test
    void an_outage_is_waited_out_without_using_attempts_up_and_what_comes_behind_it_counts_as_before() {
        Failure outage = Failure.of(FailureCategory.NETWORK, "x");
        List<AttemptView> attempts = new ArrayList<>(excused(0, 10));
        assertThat(policy.delay(outage, attempts, 0, OUTAGE)).isPresent();
        attempts.addAll(excused(10, 14));
        assertThat(policy.delay(outage, attempts, 5, OUTAGE)).isEmpty();

        Failure crash = Failure.of(FailureCategory.CRASH, "x");
        attempts.addAll(failed(1));
        assertThat(policy.delay(crash, attempts, 1, OUTAGE)).isPresent();
        assertThat(policy.delay(crash, attempts, 0, OUTAGE)).isEmpty();
    }

    /** One an hour. */
    private static List<AttemptView> excused(int from, int to) {
        List<AttemptView> attempts = new ArrayList<>();
        for (int hour = from; hour < to; hour++) {
            Instant at = Instant.EPOCH.plus(Duration.ofHours(hour));
            attempts.add(new AttemptView(1, hour, new AttemptView.Begin("claude", "s", false, at, null, null))
                    .ended(new AttemptView.End(at, Failure.of(FailureCategory.NETWORK, "x"), false, null, true)));
        }
        return attempts;
    }

    @Test
    void a_task_that_was_lost_three_times_is_poison() {
        assertThat(RetryPolicy.poisoned(lost(2), 0)).isEmpty();
        assertThat(RetryPolicy.poisoned(lost(3), 0)).isPresent();
        assertThat(RetryPolicy.poisoned(lost(1), 2)).isPresent();
        assertThat(RetryPolicy.poisoned(failed(9), 2)).isEmpty();
    }

    private static List<AttemptView> failed(int count) {
        return attempts(count, false);
    }

    private static List<AttemptView> lost(int count) {
        return attempts(count, true);
    }

    private static List<AttemptView> attempts(int count, boolean lost) {
        List<AttemptView> attempts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            attempts.add(new AttemptView(1, i, new AttemptView.Begin("claude", "s", false, Instant.EPOCH, null, null))
                    .ended(new AttemptView.End(
                            Instant.EPOCH, Failure.of(FailureCategory.KILLED, "x"), lost, null, false)));
        }
        return attempts;
    }
}
