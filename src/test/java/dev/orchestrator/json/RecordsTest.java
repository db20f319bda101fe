package dev.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    public record Inner(String name, Integer count) {}

    public record Outer(
            TaskId taskId,
            Instant at,
            Duration pause,
            BigDecimal costUsd,
            boolean good,
            int small,
            long large,
            Priority priority,
            Inner inner,
            List<Inner> all,
            Map<Priority, Long> sums) {}

    @Test
    void what_the_object_mapper_writes_is_read_back() throws Exception {
        Outer value = new Outer(
                new TaskId("a"),
                Instant.parse("2026-11-22T14:25:01.007Z"),
                Duration.ofMinutes(90),
                new BigDecimal("0.21"),
                true,
                7,
                1L << 40,
                Priority.HIGH,
                new Inner("ä\n\"", null),
                List.of(new Inner("x", 1), new Inner("y", 2)),
                Map.of(Priority.LOW, 3L));
        String json = Json.full().writeValueAsString(value);
        assertThat(Records.read(json, Outer.class)).isEqualTo(value);
        assertThat(Json.full().readValue(json, Outer.class)).isEqualTo(value);
    }

    @Test
    void missing_properties_are_null_or_zero_and_unknown_ones_are_passed_over() throws Exception {
        Outer empty = Records.read("{\"newer\":{\"deep\":[1,{}]},\"large\":2}", Outer.class);
        assertThat(empty).isEqualTo(new Outer(null, null, null, null, false, 0, 2, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"small\":\"x\"}",
                "{\"at\":\"2026-13-01T00:00:00.000Z\"}",
                "{\"priority\":\"urgent\"}",
                "{\"all\":{}}",
                "{\"inner\":3}",
                "{\"task_id\":\"../x\"}",
                "{} {}",
                "{\"at\":5}"
            })
    void what_is_not_such_a_record_is_refused(String json) {
        assertThatThrownBy(() -> Records.read(json, Outer.class)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T14:25:01.007Z",
                "1969-12-31T23:59:59.999Z",
                "2024-02-29T00:00:00.000Z",
                "2026-11-22T14:25:01Z",
                "2026-11-22T24:00:00.000Z"
            })
    void instants_are_what_the_library_says(String text) {
        assertThat(Instants.parse(text)).isEqualTo(Instant.parse(text));
    }
}
