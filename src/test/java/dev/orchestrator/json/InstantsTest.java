package dev.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    private static final DateTimeFormatter EXPECTED =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00.000Z",
                "1969-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00.000Z",
                "-0001-12-31T23:59:59.999Z",
                "2024-02-29T23:59:59.999Z",
                "2026-11-22T14:25:01.009Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00.000Z",
            })
    void a_time_is_written_as_it_was_read(String text) {
        assertThat(Instants.format(Instants.parse(text))).isEqualTo(text);
    }

    @Test
    void what_is_smaller_than_a_millisecond_is_cut_off() {
        assertThat(Instants.format(Instant.parse("2026-11-22T14:25:01.999999999Z")))
                .isEqualTo("2026-11-22T14:25:01.999Z");
    }

    @Test
    void every_time_is_written_as_the_formatter_writes_it() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            Instant at = Instant.ofEpochMilli(random.nextLong(-100_000_000_000_000L, 300_000_000_000_000L));
            assertThat(Instants.format(at)).isEqualTo(EXPECTED.format(at));
            assertThat(Instants.parse(Instants.format(at))).isEqualTo(at);
        }
    }
}
