package dev.orchestrator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.UsageLimit;
import dev.orchestrator.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers' troubles 8: a storm of retries, or a night asleep, for a reset time that was taken at its word. */
class UsageWindowTest {
    private static final Instant NOW = ManualTime.START;
    private static final Duration JITTER = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({
        "five_hour, 20, 20",
        "five_hour, 3600, 3600",
        "five_hour, 86400, 21600",
        "unknown, 999999999, 21600",
        "seven_day, 432000, 432000",
        "seven_day_opus, 99999999, 691200",
        "overage, 1728000, 1728000",
        "five_hour, 0, 60",
        "five_hour, -5, 60",
        "seven_day, -99999999, 60"
    })
    void a_reset_is_believed_within_the_length_of_its_window(String window, long told, long seconds) {
        Instant end = UsageWindow.end(new UsageLimit(window, NOW.plusSeconds(told), null), NOW, 0, new Random(1));

        assertThat(end)
                .isBetween(NOW.plusSeconds(seconds), NOW.plusSeconds(seconds).plus(JITTER));
    }

    @ParameterizedTest
    @CsvSource({"0, 15", "1, 30", "2, 60", "3, 60", "1000, 60"})
    void a_reset_that_was_not_told_is_tried_less_and_less_often_up_to_an_hour(int guesses, long minutes) {
        Instant end = UsageWindow.end(new UsageLimit("unknown", null, null), NOW, guesses, new Random(1));

        Instant earliest = NOW.plus(Duration.ofMinutes(minutes));
        assertThat(end).isBetween(earliest, earliest.plus(JITTER));
    }

    @Test
    void not_everybody_comes_back_at_the_same_moment() {
        UsageLimit limit = new UsageLimit("five_hour", NOW.plusSeconds(60), null);

        assertThat(UsageWindow.end(limit, NOW, 0, new Random(1)))
                .isNotEqualTo(UsageWindow.end(limit, NOW, 0, new Random(2)));
    }
}
