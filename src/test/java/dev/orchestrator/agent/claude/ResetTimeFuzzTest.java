package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

class ResetTimeFuzzTest {
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/Chicago", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe");
    private static final Duration MOST = Duration.ofDays(9 * 366);

    @FuzzTest(maxDuration = "1m")
    void any_text_has_a_time_that_is_to_come_or_none(FuzzedDataProvider data) {
        Instant now = Instant.ofEpochSecond(data.consumeLong(0, 4_000_000_000L));
        ZoneId here = ZoneId.of(data.pickValue(ZONES));
        String text = data.consumeRemainingAsString();

        Optional<Instant> reset = ResetTime.of("resets " + text, now, here);

        if (reset.isPresent() && !text.matches("(?s).*\\d{4}.*")) {
            assertThat(reset.get()).isBetween(now.plusNanos(1), now.plus(MOST));
        }
    }

    @FuzzTest(maxDuration = "1m")
    void a_time_of_day_comes_again_within_a_day_whatever_the_clocks_do(FuzzedDataProvider data) {
        Instant now = Instant.ofEpochSecond(data.consumeLong(0, 4_000_000_000L));
        ZoneId zone = ZoneId.of(data.pickValue(ZONES));
        String text = "resets %d:%02d%s (%s)"
                .formatted(
                        data.consumeInt(1, 12),
                        data.consumeInt(0, 59),
                        data.consumeBoolean() ? "am" : "pm",
                        zone.getId());

        Instant reset = ResetTime.of(text, now, ZoneId.of("UTC")).orElseThrow();

        // The longest day of these zones: Samoa left one out.
        assertThat(reset).isBetween(now.plusNanos(1), now.plus(Duration.ofHours(49)));
    }
}
