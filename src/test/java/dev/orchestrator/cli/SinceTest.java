package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:25:01.500Z");

    @ParameterizedTest
    @CsvSource({
        "90m, 2026-11-22T12:55:01.500Z",
        "7d, 2026-11-15T14:25:01.500Z",
        "0s, 2026-11-22T14:25:01.500Z",
        "365d, 2025-11-22T14:25:01.500Z",
        "2026-11-22, 2026-11-22T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z",
        "2026-11-22T14:25:01Z, 2026-11-22T14:25:01Z",
        "2026-11-22T14:25:01.250Z, 2026-11-22T14:25:01.250Z",
        "2026-11-22T14:25, 2026-11-22T14:25:00Z",
        "2026-11-22T14:25:01, 2026-11-22T14:25:01Z",
        "2026-11-22T14:25:01+02:00, 2026-11-22T12:25:01Z",
        "2026-11-22T14:25:01-05:00, 2026-11-22T19:25:01Z",
        "2099-01-01, 2099-01-01T00:00:00Z",
    })
    void a_duration_counts_back_from_now_and_a_date_begins_in_utc(String text, Instant expected) {
        assertThat(Since.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is neither",
        "7, is neither a duration such as 250ms; 90s",
        "yesterday, is neither",
        "-7d, is neither",
        "7w, has the unknown unit w",
        "366d, is longer than 365d; give a date instead",
        "2026-02-30, is neither",
        "2026-13-01, is neither",
        "2026-1-1, is neither",
        "2026-11-22T, is neither",
        "2026-11-22 14:25:01, is neither",
        "22-11-2026, is neither",
    })
    void what_is_neither_is_refused_and_says_what_would_do(String text, String problem) {
        assertThatThrownBy(() -> Since.parse(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem.replace(';', problem.contains("250ms") ? ',' : ';'));
    }
}
