package dev.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    public record Inner(String name, @Nullable Integer count) {}

    public record Number(long n) {}

    public record Nested(List<Inner> all) {}

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

    private static final Outer OUTER = new Outer(
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

    @Test
    void what_the_object_mapper_writes_is_read_back() throws Exception {
        String json = Json.full().writeValueAsString(OUTER);
        assertThat(Records.read(json, Outer.class)).isEqualTo(OUTER);
        assertThat(Json.full().readValue(json, Outer.class)).isEqualTo(OUTER);
    }

    @Test
    void a_missing_property_is_null_where_that_is_allowed_and_an_unknown_one_is_passed_over() throws Exception {
        assertThat(Records.read("{\"newer\":{\"deep\":[1,{}]},\"name\":\"x\"}", Inner.class))
                .isEqualTo(new Inner("x", null));
    }

    @Test
    void a_missing_property_that_must_be_there_is_refused_whatever_its_type() throws Exception {
        String whole = Json.full().writeValueAsString(OUTER);
        ObjectNode tree = (ObjectNode) Json.full().readTree(whole);
        for (RecordComponent component : Outer.class.getRecordComponents()) {
            String name = Records.snakeCase(component.getName());
            ObjectNode without = tree.deepCopy().without(name);
            assertThatThrownBy(() -> Records.read(without.toString(), Outer.class))
                    .isInstanceOf(JsonProcessingException.class)
                    .hasMessageContaining("`" + name + "` is missing");
        }
    }

    @Test
    void null_is_no_number() {
        assertThatThrownBy(() -> Records.read("{\"n\":null}", Number.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    /** Inside of lists, records and maps too. */
    @Test
    void a_record_in_another_must_be_whole_as_well() {
        assertThatThrownBy(() -> Records.read("{\"all\":[{\"count\":1}]}", Nested.class))
                .hasMessageContaining("`name` is missing");
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
