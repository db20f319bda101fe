package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResetTimeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // It is Monday, noon, in London.
                "2026-11-23T12:00:00Z; Europe/London; resets 3:45pm; 2026-11-23T15:45:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets 11:59am; 2026-11-24T11:59:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets 12am; 2026-11-24T00:00:00Z",
                "2026-11-23T00:00:01Z; Europe/London; resets 12pm; 2026-11-23T12:00:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets 15:45; 2026-11-23T15:45:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets 1am (Europe/Oslo); 2026-11-24T00:00:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets 9:54am (UTC); 2026-11-24T09:54:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 10pm; 2026-11-23T13:00:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 10pm (Nowhere/Land); 2026-11-23T13:00:00Z",
                "2026-11-23T12:00:00Z; UTC; resets 5pm (GMT+2); 2026-11-23T15:00:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets Mon 12:00am; 2026-11-30T00:00:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets Mon 3pm; 2026-11-23T15:00:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets Thursday at 3:05 PM; 2026-11-26T15:05:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets Nov 25, 3pm; 2026-11-25T15:00:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets Nov 26, 7:54am (UTC); 2026-11-26T07:54:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets Jan 2 at 7am; 2027-01-02T07:00:00Z",
                "2026-11-23T12:00:00Z; Europe/London; resets Feb 29, 7am; 2028-02-29T07:00:00Z",
                "2026-11-23T12:00:00Z; UTC; resets Jan 1, 2100, 12:05pm (UTC); 2100-01-01T12:05:00Z",
                "2026-11-23T12:00:00Z; UTC; Claude AI usage limit reached|1766502000; 2025-12-23T15:00:00Z",
                "2026-11-23T12:00:00Z; UTC; Your limit will reset at 9am (America/Chicago).; 2026-11-23T15:00:00Z",
                // Some locales put a space that does not break before the half of the day.
                "2026-11-23T12:00:00Z; UTC; resets 3:45\u202fPM (UTC); 2026-11-23T15:45:00Z",
                "2026-11-23T12:00:00Z; UTC; resets 3:45\u00a0pm (UTC); 2026-11-23T15:45:00Z",
                "2026-11-23T12:00:00Z; UTC; resets Nov\u00a025,\u202f3\u202fpm; 2026-11-25T15:00:00Z",
                // A zone without parentheses is one when it is known; any other word is not.
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 3pm UTC; 2026-11-23T15:00:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 3pm UTC.; 2026-11-23T15:00:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 15:45 Z - wait; 2026-11-23T15:45:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 3pm GMT; 2026-11-23T15:00:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 3pm GMT+05:30, or so; 2026-11-24T09:30:00Z",
                "2026-11-23T12:00:00Z; UTC; resets 3pm Europe/Oslo - see /usage; 2026-11-23T14:00:00Z",
                "2026-11-23T12:00:00Z; UTC; resets 3pm America/Argentina/Buenos_Aires; 2026-11-23T18:00:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 10pm today; 2026-11-23T13:00:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 10pm Zone/Unknown; 2026-11-23T13:00:00Z",
                "2026-11-23T12:00:00Z; Asia/Tokyo; resets 10pm · UTC is ahead; 2026-11-23T13:00:00Z",
                // The text names no seconds, so the moment may still be to come within its minute.
                "2026-11-23T15:45:20Z; UTC; resets 3:45pm; 2026-11-23T15:46:00Z",
                "2026-11-23T15:46:00Z; UTC; resets 3:45pm; 2026-11-24T15:45:00Z",
                // The clock of Berlin leaves out two to three in March and shows it twice in October.
                "2026-03-28T23:00:00Z; Europe/Berlin; resets 2:30am; 2026-03-29T01:30:00Z",
                "2026-03-29T00:59:00Z; Europe/Berlin; resets 2:30am; 2026-03-29T01:30:00Z",
                "2026-03-29T01:31:00Z; Europe/Berlin; resets 2:30am; 2026-03-30T00:30:00Z",
                "2026-10-24T23:00:00Z; Europe/Berlin; resets 2:30am; 2026-10-25T00:30:00Z",
                "2026-10-25T00:45:00Z; Europe/Berlin; resets 2:30am; 2026-10-25T01:30:00Z",
                "2026-10-25T01:45:00Z; Europe/Berlin; resets 2:30am; 2026-10-26T01:30:00Z",
                // Samoa had no 30th of December 2011.
                "2011-12-30T08:00:00Z; Pacific/Apia; resets Dec 30, 3am; 2011-12-30T13:00:00Z",
                "2011-12-30T09:30:00Z; Pacific/Apia; resets 11pm; 2011-12-31T09:00:00Z"
            })
    void a_time_is_the_next_one_that_the_text_can_mean(Instant now, ZoneId here, String text, Instant reset) {
        assertThat(ResetTime.of(text, now, here)).contains(reset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "resets",
                "resets soon",
                "resets 3",
                "resets 25:00",
                "resets 13pm",
                "resets 0am",
                "resets 3:60pm",
                "resets 3:4pm",
                "resets 3:45:10",
                "resets 3pmish",
                "resets Feb 30, 3pm",
                "resets Nov 31, 3pm",
                "resets Nov 0, 3pm",
                "resets Feb 29, 2027, 3pm",
                "presets 3pm",
                "the meeting is at 3pm",
                "limit reached|12",
                "limit reached|17665020001"
            })
    void another_text_has_none(String text) {
        assertThat(ResetTime.of(text, Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC))
                .isEmpty();
    }

    @Test
    void the_time_stands_anywhere_in_the_text() {
        assertThat(ResetTime.of(
                        "You’ve hit your 5-hour limit · RESETS 10:54AM (Europe/Oslo) · see /usage",
                        Instant.parse("2026-11-23T07:54:00Z"),
                        ZoneId.of("UTC")))
                .contains(Instant.parse("2026-11-23T09:54:00Z"));
    }
}
