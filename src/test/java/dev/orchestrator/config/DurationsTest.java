package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"250ms, 250", "90s, 90000", "5m, 300000", "2h, 7200000", "1d, 86400000", "0s, 0", "90 s, 90000"})
    void a_number_and_a_unit_are_a_duration(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "30, is a number without a unit",
        "'', is not a duration",
        "soon, is not a duration",
        "-5s, is not a duration",
        "1.5h, is not a duration",
        "1h30m, is not a duration",
        "PT30S, is not a duration",
        "5M, has the unknown unit M",
        "5min, has the unknown unit min",
        "366d, is longer than 365d",
        "999999999999999d, is too large",
        "9999999999999999s, is not a duration"
    })
    void everything_else_is_refused_with_the_reason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage(reason);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "1, 1ms", "1500, 1500ms", "60000, 1m", "90000, 90s", "5400000, 90m", "172800000, 2d"})
    void it_is_printed_in_the_largest_unit_without_a_fraction(long millis, String text) {
        assertThat(Durations.print(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
