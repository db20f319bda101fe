package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.json.Json;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented schemas say what the code writes. */
class SchemaCheckTest {
    private static final SnakeCaseStrategy SNAKE = new SnakeCaseStrategy();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KNOWN =
            "{\"seq\":7,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"step_started\",\"task_id\":\"a\",\"turn\":1,\"step\":\"parse\"}";

    static Stream<Class<?>> events() {
        return EventKinds.all().filter(type -> type != DaemonEvent.Unknown.class);
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_is_described_field_by_field(Class<?> event) {
        JsonNode described = SchemaCheck.read("event").at("/$defs/" + SNAKE.translate(event.getSimpleName()));
        List<String> fields = new ArrayList<>(List.of("seq", "ts", "event"));
        List<String> required = new ArrayList<>(fields);
        for (RecordComponent component : event.getRecordComponents()) {
            fields.add(SNAKE.translate(component.getName()));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(SNAKE.translate(component.getName()));
            }
        }
        assertThat(described.path("properties").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(fields);
        assertThat(texts(described.path("required"))).containsExactlyInAnyOrderElementsOf(required);
    }

    @Test
    void every_category_and_status_is_described() {
        assertThat(texts(SchemaCheck.read("artifact").at("/$defs/category/enum")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(FailureCategory.values())
                        .map(FailureCategory::toString)
                        .toList());
        assertThat(texts(SchemaCheck.read("state").at("/$defs/status/enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(TaskStatus.values()).map(TaskStatus::toString).toList());
    }

    @Test
    void a_known_event_is_valid_and_an_unknown_one_may_hold_anything() throws IOException {
        assertThat(problems(KNOWN)).isEmpty();
        assertThat(problems(KNOWN.replace("step_started", "step_danced").replace("1}", "1,\"x\":[]}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"step\":\"parse\"|\"step\":\"dance\"",
                "\"turn\":1,|",
                "\"turn\":1|\"turn\":0",
                "\"turn\":1|\"turn\":1,\"more\":2",
                "01.000Z|01Z",
                "\"task_id\":\"a\"|\"task_id\":\"../a\"",
                "\"task_id\":\"a\"|\"task_id\":null",
                "\"seq\":7,|",
            })
    void a_known_event_with_a_wrong_field_is_not_valid(String change) throws IOException {
        String[] parts = change.split("\\|", -1);
        assertThat(problems(KNOWN.replace(parts[0], parts[1]))).isNotEmpty();
    }

    @Test
    void what_is_said_of_the_running_daemon_is_described() {
        DaemonInfo info = DaemonInfo.ofThisProcess(ManualTime.START, "0.1.0");
        ObjectNode written = Json.full().valueToTree(info);
        assertThat(SchemaCheck.problems("daemon", written)).isEmpty();
        assertThat(SchemaCheck.problems("daemon", written.deepCopy().put("pid", "1")))
                .isNotEmpty();
        assertThat(SchemaCheck.problems("daemon", written.deepCopy().without("started_at")))
                .isNotEmpty();
        assertThat(SchemaCheck.problems("daemon", written.deepCopy().putNull("process_started_at")))
                .isEmpty();
    }

    @Test
    void what_is_said_of_a_task_under_way_is_described() {
        StateIndex index = new StateIndex(Snapshot.EMPTY);
        long seq = 0;
        for (Event event : Life.of("a")) {
            index.written(new JournalEntry(++seq, ManualTime.START, event), new JournalPosition(1, seq));
            JsonNode written = Json.full().valueToTree(index.snapshot());
            assertThat(SchemaCheck.problems("state", written))
                    .as("after %s", event)
                    .isEmpty();
        }
    }

    private static List<String> problems(String line) throws IOException {
        return SchemaCheck.problems("event", JSON.readTree(line));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
