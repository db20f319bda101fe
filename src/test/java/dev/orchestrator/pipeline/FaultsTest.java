package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final TaskId ID = new TaskId("a");

    private final Faults faults = new Faults();

    @Test
    void what_waits_in_its_place_does_so_some_ten_minutes_and_begins_anew_when_it_was_mended() {
        Duration waited = Duration.ZERO;
        while (!faults.areTooMany(ID)) {
            waited = waited.plus(faults.shortly(ID));
        }
        assertThat(waited).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(15));

        faults.none(ID);
        assertThat(faults.areTooMany(ID)).isFalse();
    }
}
