package dev.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.EventKinds;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
    private static final Instant AT = Instant.parse("2026-11-22T14:25:01.120Z");

    static List<Event> samples() {
        return EventSamples.all();
    }

    @Test
    void every_kind_of_event_has_a_sample() {
        Set<Class<?>> kinds = EventKinds.all().collect(Collectors.toSet());
        assertThat(samples().stream().map(Event::getClass).collect(Collectors.toSet()))
                .isEqualTo(kinds);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_event_read_back_is_the_event_that_was_written(Event event) throws Exception {
        String line = line(3, event);
        assertThat(line).doesNotContain("\n").startsWith("{\"seq\":3,\"ts\":\"2026-11-22T14:25:01.120Z\",\"event\":\"");
        assertThat(LineFormat.decode(line)).isEqualTo(new JournalEntry(3, AT, event));
    }

    @Test
    void half_a_surrogate_pair_becomes_a_question_mark() throws Exception {
        TaskEvent.QuestionAsked asked = new TaskEvent.QuestionAsked(new TaskId("a"), 1, 1, "x\ud83dy\ude00z");
        assertThat(LineFormat.decode(line(1, asked)).event())
                .isEqualTo(new TaskEvent.QuestionAsked(new TaskId("a"), 1, 1, "x?y?z"));
    }

    @Test
    void an_event_of_a_newer_version_is_kept_by_name() throws Exception {
        String line = "{\"seq\":9,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"warp_engaged\",\"factor\":9}";
        assertThat(LineFormat.decode(line).event()).isEqualTo(new DaemonEvent.Unknown("warp_engaged"));
    }

    @Test
    void a_field_of_a_newer_version_is_passed_over() throws Exception {
        String line = "{\"seq\":9,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"task_cancelled\",\"task_id\":\"a\","
                + "\"by\":\"user\",\"why\":{\"deep\":[1]}}";
        assertThat(LineFormat.decode(line).event()).isEqualTo(new TaskEvent.TaskCancelled(new TaskId("a"), "user"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "42",
                "[]",
                "{}",
                "{\"seq\":1}",
                "{\"seq\":1,\"event\":\"task_cancelled\",\"task_id\":\"a\",\"by\":\"x\"}",
                "{\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\"}",
                "{\"seq\":\"1\",\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"x\"}",
                "{\"seq\":1,\"ts\":\"yesterday\",\"event\":\"x\"}",
                "{\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"step_started\",\"task_id\":\"../x\"}",
                "{\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"daemon_stopped\"}",
                "{\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"x\"}{\"seq\":2}",
                "{\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"x\"",
                "\u0000\u0000\u0000",
            })
    void a_line_that_is_no_event_is_malformed(String line) {
        assertThatThrownBy(() -> LineFormat.decode(line)).isInstanceOf(LineFormat.MalformedLine.class);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_event_without_what_it_must_have_is_malformed(Event event) throws Exception {
        JsonNode whole = Json.full().readTree(line(3, event));
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            String name = Records.snakeCase(component.getName());
            String without = ((ObjectNode) whole.deepCopy()).without(name).toString();
            if (event instanceof DaemonEvent.Unknown
                    || component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                assertThat(LineFormat.decode(without).seq()).isEqualTo(3);
            } else {
                assertThatThrownBy(() -> LineFormat.decode(without))
                        .as(without)
                        .isInstanceOf(LineFormat.MalformedLine.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_head_of_a_line_is_read_without_the_rest(Event event) {
        String line = line(345, event);
        assertThat(LineFormat.head(line)).contains(new LineFormat.Head(345, AT, event.getClass()));
        assertThat(LineFormat.head(line.substring(0, line.length() - 1))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"seq\":9, \"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"task_cancelled\",\"task_id\":\"a\",\"by\":\"b\"}",
                "{\"event\":\"task_cancelled\",\"task_id\":\"a\",\"by\":\"b\",\"ts\":\"2026-11-22T14:25:01.000Z\",\"seq\":9}",
                "{\"seq\":9,\"ts\":\"2026-11-22T14:25:01Z\",\"event\":\"task_cancelled\",\"task_id\":\"a\",\"by\":\"b\"}",
            })
    void a_line_that_somebody_else_formatted_is_read_all_the_same(String line) throws Exception {
        assertThat(LineFormat.head(line)).isEmpty();
        assertThat(LineFormat.decode(line).seq()).isEqualTo(9);
        assertThat(LineFormat.decode(line).event()).isEqualTo(new TaskEvent.TaskCancelled(new TaskId("a"), "b"));
    }

    private static String line(long seq, Event event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineFormat.writeNumbered(seq, LineFormat.encode(AT, event).unnumbered(), out);
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
