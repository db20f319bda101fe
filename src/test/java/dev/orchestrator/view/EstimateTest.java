package dev.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Step;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final long[] PAST = {60_000, 10_000, 20_000, 40_000, 30_000};

    private static Estimate at(long elapsedMs) {
        return Estimate.of(PAST, elapsedMs, 5, Step.EXECUTE);
    }

    @Test
    void at_the_beginning_the_middle_of_all_is_the_measure() {
        assertThat(at(0)).isEqualTo(new Estimate(5, 30_000L, 60_000L, 0, 30_000L));
    }

    @Test
    void those_that_were_over_before_say_nothing_of_how_much_longer_and_are_passed_as_a_whole() {
        Estimate estimate = at(35_000);

        assertThat(estimate.etaMs()).as("the middle of 40 and 60 seconds").isEqualTo(5_000);
        assertThat(estimate.percent()).as("three, 35 of 40 and 35 of 60").isEqualTo(89);
    }

    @Test
    void one_that_takes_longer_than_any_is_almost_done_for_all_we_know() {
        assertThat(at(60_000)).isEqualTo(new Estimate(5, 30_000L, 60_000L, 95, null));
    }

    @Test
    void when_the_agent_is_done_the_step_says_how_far_it_is_at_least_and_nobody_how_much_longer() {
        assertThat(Estimate.of(PAST, 1_000, 90, Step.VALIDATE)).isEqualTo(new Estimate(5, 30_000L, 60_000L, 90, null));
        assertThat(Estimate.of(PAST, 70_000, 90, Step.VALIDATE).percent()).isEqualTo(95);
    }

    @Test
    void an_agent_that_is_sent_back_to_work_is_as_far_as_it_was_and_takes_longer() {
        assertThat(Estimate.of(PAST, 1_000, 92, Step.EXECUTE))
                .isEqualTo(new Estimate(5, 30_000L, 60_000L, 92, 29_000L));
    }

    @Test
    void too_few_say_nothing_and_the_step_does() {
        assertThat(Estimate.of(new long[] {1, 2}, 5, 40, Step.EXECUTE))
                .isEqualTo(new Estimate(2, null, null, 40, null));
    }

    @Test
    void it_never_says_that_all_is_done() {
        assertThat(Estimate.of(new long[] {1_000, 1_000, 1_000}, 999, 5, null).percent())
                .isEqualTo(95);
    }

    @RepeatedTest(100)
    void it_never_goes_back_as_time_passes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        // A clock that was set back while a turn ran leaves one that took less than nothing.
        long[] past = random.longs(3 + random.nextInt(20), -5, 2_000).toArray();
        int before = 0;
        for (long elapsed = 0; elapsed < 2_100; elapsed++) {
            int percent = Estimate.of(past, elapsed, 5, Step.EXECUTE).percent();
            assertThat(percent)
                    .as("%s after %d", Arrays.toString(past), elapsed)
                    .isBetween(before, 95);
            before = percent;
        }
        assertThat(Estimate.of(past, 2_100, 90, Step.VALIDATE).percent()).isEqualTo(before);
    }
}
