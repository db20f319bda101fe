package dev.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final long[] PAST = {60_000, 10_000, 20_000, 40_000, 30_000};

    @Test
    void at_the_beginning_the_middle_of_all_is_the_measure() {
        assertThat(Estimate.of(PAST, 0, 5)).isEqualTo(new Estimate(5, 30_000L, 60_000L, 0, 30_000L));
    }

    @Test
    void those_that_were_over_before_say_nothing_any_more() {
        Estimate estimate = Estimate.of(PAST, 35_000, 5);

        assertThat(estimate.etaMs()).as("the middle of 40 and 60 seconds").isEqualTo(5_000);
        assertThat(estimate.percent()).isEqualTo(87);
    }

    @Test
    void one_that_takes_longer_than_any_is_almost_done_for_all_we_know() {
        assertThat(Estimate.of(PAST, 60_000, 5)).isEqualTo(new Estimate(5, 30_000L, 60_000L, 95, null));
    }

    @Test
    void too_few_say_nothing_and_the_step_does() {
        assertThat(Estimate.of(new long[] {1, 2}, 5, 40)).isEqualTo(new Estimate(2, null, null, 40, null));
    }

    @Test
    void it_never_says_that_all_is_done() {
        assertThat(Estimate.of(new long[] {1_000, 1_000, 1_000}, 999, 5).percent())
                .isEqualTo(95);
    }
}
