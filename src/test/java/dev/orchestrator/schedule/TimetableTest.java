package dev.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0 3 * * *, 2026-11-29T03:00:00Z",
        "0 3 * * 1-5, 2026-11-30T03:00:00Z",
        "0 3 * * MON, 2026-11-30T03:00:00Z",
        "0 3 * * 7, 2026-11-29T03:00:00Z",
        "*/15 * * * *, 2026-11-29T02:45:00Z",
        "30 2 * * *, 2026-11-30T02:30:00Z",
        "0 0 29 2 *, 2028-02-29T00:00:00Z",
        "@hourly, 2026-11-29T03:00:00Z",
        "@daily, 2026-11-30T00:00:00Z",
        "@Weekly, 2026-12-06T00:00:00Z",
        "@monthly, 2026-12-01T00:00:00Z",
        "@yearly, 2027-01-01T00:00:00Z"
    })
    void it_is_due_next_strictly_after(String line, String next) {
        Timetable table = Timetable.parse(line, ZoneOffset.UTC);
        assertThat(table.next(at("2026-11-29T02:30:00Z"))).contains(at(next));
        assertThat(table.last(at("2026-11-29T02:30:00Z"), at(next))).contains(at(next));
        assertThat(table.last(at("2026-11-29T02:30:00Z"), at(next).minusMillis(1)))
                .isEmpty();
    }

    /** As cron has it when both are restricted. */
    @Test
    void a_day_of_the_month_and_one_of_the_week_are_either_of_them() {
        Timetable table = Timetable.parse("0 0 1 * 1", ZoneOffset.UTC);
        assertThat(table.next(at("2026-11-24T00:00:00Z"))).contains(at("2026-11-30T00:00:00Z"));
        assertThat(table.next(at("2026-11-30T00:00:00Z"))).contains(at("2026-12-01T00:00:00Z"));
    }

    @Test
    void it_goes_by_the_clock_on_the_wall() {
        Timetable table = Timetable.parse("0 3 * * *", BERLIN);
        assertThat(table.next(at("2026-07-01T12:00:00Z"))).contains(at("2026-07-02T01:00:00Z"));
        assertThat(table.next(at("2026-12-01T12:00:00Z"))).contains(at("2026-12-02T02:00:00Z"));
    }

    /** On 2026-03-29 the clocks of Berlin go from 02:00 to 03:00. */
    @Test
    void what_is_due_in_an_hour_that_is_skipped_is_due_at_its_end() {
        Timetable table = Timetable.parse("30 2 * * *", BERLIN);
        Instant end = at("2026-03-29T01:00:00Z");
        assertThat(table.next(at("2026-03-28T12:00:00Z"))).contains(end);
        assertThat(table.next(end)).contains(at("2026-03-30T00:30:00Z"));
        assertThat(table.last(at("2026-03-28T12:00:00Z"), end)).contains(end);
        assertThat(table.last(at("2026-03-28T12:00:00Z"), end.minusSeconds(1))).isEmpty();
    }

    /** On 2026-10-25 they go from 03:00 to 02:00. */
    @Test
    void what_is_due_in_an_hour_that_comes_twice_is_due_once() {
        Timetable table = Timetable.parse("30 2 * * *", BERLIN);
        Instant first = at("2026-10-25T00:30:00Z");
        assertThat(table.next(at("2026-10-24T12:00:00Z"))).contains(first);
        assertThat(table.next(first)).contains(at("2026-10-26T01:30:00Z"));
        assertThat(table.last(first, at("2026-10-25T12:00:00Z"))).isEmpty();
        assertThat(table.last(first.minusSeconds(1), at("2026-10-25T01:10:00Z")))
                .contains(first);
    }

    /** Against counting minute by minute, over all that a year has of changes. */
    @Test
    void next_and_last_agree_with_the_clock_minute_by_minute() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> zones = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
        for (int i = 0; i < 60; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            int minute = random.nextInt(60);
            int hour = random.nextInt(5);
            Timetable table = Timetable.parse(minute + " " + hour + " * * *", zone);
            // Near a change of the clocks as a rule.
            Instant from = Optional.ofNullable(zone.getRules()
                            .nextTransition(at("2026-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(300)))))
                    .map(change -> change.getInstant().minus(Duration.ofHours(random.nextInt(30))))
                    .orElse(at("2026-05-05T05:05:00Z"));

            Instant next = table.next(from).orElseThrow();

            assertThat(next).isEqualTo(byHand(from, zone, hour, minute));
            assertThat(table.last(from, next)).contains(next);
            assertThat(table.last(from, next.minusSeconds(1))).isEmpty();
        }
    }

    private static Instant byHand(Instant from, ZoneId zone, int hour, int minute) {
        List<Instant> days = new ArrayList<>();
        for (int day = -1; day < 4; day++) {
            LocalDateTime due = from.atZone(zone).toLocalDate().plusDays(day).atTime(hour, minute);
            var change = zone.getRules().getTransition(due);
            days.add(
                    change != null && change.isGap()
                            ? change.getInstant()
                            : due.atZone(zone).withEarlierOffsetAtOverlap().toInstant());
        }
        return days.stream().filter(due -> due.isAfter(from)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * *|has not five fields: minute, hour, day of month, month, day of week",
                "0 0 3 * * *|has not five fields",
                "@noon|is none of @annually, @daily",
                "60 3 * * *|is no cron line",
                "0 3 * * FUNDAY|is no cron line",
                "every day|has not five fields",
                "0 0 30 2 *|is never due"
            })
    void what_is_no_such_line_is_said_to_be_none(String line, String problem) {
        assertThatThrownBy(() -> Timetable.parse(line, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
