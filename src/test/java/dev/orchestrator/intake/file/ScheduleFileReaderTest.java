package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.intake.file.ScheduleFileReader.Result;
import dev.orchestrator.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleFileReaderTest {
    private static final ScheduleFileReader READER = new ScheduleFileReader(() -> Set.of("analyze"), 10_000);

    private static Result read(String text) {
        return READER.read("x.task.md", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Result.Understood understood(String text) {
        Result result = read(text);
        assertThat(result).isInstanceOf(Result.Understood.class);
        return (Result.Understood) result;
    }

    @Test
    void its_own_keys_are_taken_out_and_the_rest_stays_to_the_letter() {
        Result.Understood read = understood("""
                ---
                type: analyze   # as ever
                schedule: "0 3 * * 1-5"
                labels:
                  - a
                  - b
                time_zone: Europe/Berlin
                skip_if_missed: true
                ---
                # Look for dead code

                schedule: this is prose
                """);

        assertThat(read.schedule()).isEqualTo("0 3 * * 1-5");
        assertThat(read.line()).isEqualTo(3);
        assertThat(read.timeZone()).isEqualTo("Europe/Berlin");
        assertThat(read.skipIfMissed()).isTrue();
        assertThat(read.task().with(new TaskId("x-20261129-0300"))).isEqualTo("""
                        ---
                        id: x-20261129-0300
                        type: analyze   # as ever
                        labels:
                          - a
                          - b
                        ---
                        # Look for dead code

                        schedule: this is prose
                        """);
    }

    @Test
    void a_schedule_is_enough() {
        Result.Understood read = understood("---\nschedule: '@daily'\n---\nLook for dead code.\n");
        assertThat(read.timeZone()).isNull();
        assertThat(read.skipIfMissed()).isFalse();
        assertThat(read.task().with(new TaskId("a"))).isEqualTo("---\nid: a\n---\nLook for dead code.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: analyze|There is no key 'schedule'",
                "schedule: [a, b]|schedule: holds a list",
                "schedule: a;;id: b|'id' has no place in a schedule",
                "schedule: a;;turn_of: b|'turn_of' has no place in a schedule",
                "schedule: a;;skip_if_missed: perhaps|is neither true nor false",
                "schedule: >-;;  0 3;;  * * *|schedule: has no line of its own",
                "{schedule: a, type: analyze}|schedule: has no line of its own",
                "schedule: a;;shedule: b|'shedule' is not a known key",
                "schedule: a;;type: dance|dance"
            })
    void what_is_wrong_is_said_before_anything_is_due(String head, String problem) {
        Result result = read("---\n" + head.replace(";;", "\n") + "\n---\nLook for dead code.\n");
        assertThat(result).isInstanceOf(Result.NotUnderstood.class);
        assertThat(((Result.NotUnderstood) result).rejection().reason()).contains(problem);
    }

    @Test
    void a_schedule_with_nothing_to_do_is_none() {
        assertThat(read("---\nschedule: '@daily'\n---\n\n")).isInstanceOf(Result.NotUnderstood.class);
        assertThat(read("schedule: '@daily'\n\nLook.\n")).isInstanceOf(Result.NotUnderstood.class);
        assertThat(read("---\nschedule: '@daily'\n---\n" + "x".repeat(20_000)))
                .isInstanceOf(Result.NotUnderstood.class);
    }
}
