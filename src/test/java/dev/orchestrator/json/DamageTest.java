package dev.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamageTest {
    public record Deep(String name) {}

    public record Shape(
            TaskId id, int turn, boolean good, Priority priority, Instant at, Deep deep, List<String> labels) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"turn\": oops}| line 1, column 10: it is not JSON",
                "{\"turn\": 1| line 1, column 11: it ends too early",
                "{\"labels\": [\"a| line 1, column 15: it ends too early",
                "[1]| line 1, column 1: it is not a JSON object",
                "{\"turn\": \"x\"}| line 1, column 10: `turn` has a text where a number belongs",
                "{\"turn\": 99999999999}| line 1, column 21: a number that is too large, or not whole",
                "{\"good\": 1}| line 1, column 10: `good` has a number where true or false belongs",
                "{\"labels\": {}}| line 1, column 12: `labels` has an object where a list belongs",
                "{\"labels\": [1]}| line 1, column 13: a number where a text belongs",
                "{\"deep\": \"x\"}| line 1, column 10: `deep` has a text where an object belongs",
                "{\"id\": \"../x\"}| line 1, column 8: `id` has \"../x\", which is no task id",
                "{\"priority\": \"urgent\"}| line 1, column 14: `priority` has \"urgent\", which is none of high, low, medium",
                "{\"at\": \"now\"}| line 1, column 8: `at` has \"now\", which is no time such as 2026-11-22T14:25:01.000Z",
                "{\"deep\": {}}| line 1, column 11: `name` is missing",
            })
    void what_is_wrong_is_said_with_its_place(String json, String said) {
        assertThat(damage(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(said);
    }

    @Test
    void lines_are_counted() {
        assertThat(damage("{\n  \"turn\": 1,\n  x\n}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("line 3, column 3: it is not JSON");
    }

    @Test
    void bytes_that_are_no_text_are_said_to_be_that() {
        byte[] latin1 = "{\"labels\": [\"\u00e4 \"]}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(damage(latin1)).isEqualTo("line 1, column 16: it is not UTF-8 text");
    }

    @Test
    void a_file_that_cannot_be_read_is_said_to_be_that() {
        assertThat(Damage.of(new IOException("Is a directory"))).isEqualTo("it cannot be read: Is a directory");
        assertThat(Damage.of(new AccessDeniedException("/x"))).isEqualTo("it cannot be read: permission denied");
    }

    @Test
    void an_object_is_whole_or_it_is_said_what_is_not() {
        assertThat(Damage.in("{\"a\":[{}]}\n")).isEmpty();
        assertThat(Damage.in(" \n")).contains("it is empty");
        assertThat(Damage.in("{} {}").orElseThrow()).contains("something follows its end");
        assertThat(Damage.in("{").orElseThrow()).contains("it ends too early");
    }

    private static String damage(byte[] json) {
        return Damage.of(catchThrowableOfType(IOException.class, () -> Records.read(json, Shape.class)));
    }
}
