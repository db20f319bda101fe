package dev.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberingTest {
    private final Numbering numbering = new Numbering();

    @Test
    void numbers_without_a_gap_are_fine_wherever_they_begin() {
        lines(7, 8, 9);
        assertThat(numbering.problems()).isEmpty();
        lines(10, 11);
        assertThat(numbering.problems()).isEmpty();
    }

    @Test
    void a_gap_within_a_segment_and_one_between_two_are_found() {
        lines(1, 2, 5);
        assertThat(numbering.problems()).containsExactly("event 5 comes after event 2");
        lines(9);
        assertThat(numbering.problems()).containsExactly("event 9 comes after event 5");
    }

    @Test
    void a_number_that_comes_again_is_found() {
        lines(1, 2, 3, 2);
        assertThat(numbering.problems()).containsExactly("event 2 comes after event 3");
    }

    @Test
    void a_repair_that_is_on_record_explains_it() {
        lines(1, 3);
        numbering.line("{\"seq\":4,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"journal_repaired\","
                + "\"problem\":\"damaged lines left out\",\"dropped_bytes\":9,\"set_aside\":\"x\"}");
        assertThat(numbering.problems()).isEmpty();
    }

    @Test
    void what_is_no_event_has_no_number() {
        lines(1);
        numbering.line("garbage");
        lines(2);
        assertThat(numbering.problems()).isEmpty();
    }

    private void lines(long... numbers) {
        for (long seq : numbers) {
            numbering.line("{\"seq\":" + seq
                    + ",\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"step_started\",\"task_id\":\"a\",\"turn\":1,"
                    + "\"step\":\"parse\"}");
        }
    }
}
