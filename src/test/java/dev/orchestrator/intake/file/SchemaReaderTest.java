package dev.orchestrator.intake.file;

import static dev.orchestrator.intake.file.Reading.rejected;
import static dev.orchestrator.intake.file.Reading.understood;
import static dev.orchestrator.intake.file.Reading.withKeys;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code output_schema} of a task file. */
class SchemaReaderTest {
    private static @Nullable String schema(String... lines) {
        return understood(withKeys(lines)).spec().outputSchema();
    }

    @Test
    void yaml_becomes_json_and_only_what_json_has_is_more_than_a_text() {
        assertThat(schema(
                        "output_schema:",
                        "  type: object",
                        "  properties:",
                        "    severity: {enum: [low, no, 2026-11-22, 0x1F, '1', null, true, -2, 1.50]}",
                        "  required: [severity]"))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"severity\":{\"enum\":"
                                + "[\"low\",\"no\",\"2026-11-22\",\"0x1F\",\"1\",null,true,-2,1.50]}},\"required\":[\"severity\"]}");
    }

    @Test
    void what_is_not_ascii_is_escaped() {
        assertThat(schema("output_schema: {type: object, description: größe}"))
                .isEqualTo("{\"type\":\"object\",\"description\":\"gr\\u00F6\\u00DFe\"}");
    }

    @Test
    void objects_in_objects_are_deep_enough_for_people() {
        String deep = "{type: string}";
        for (int i = 0; i < 8; i++) {
            deep = "{type: object, properties: {a: " + deep + "}}";
        }
        assertThat(schema("output_schema: " + deep)).contains("\"string\"");
    }

    @Test
    void what_is_no_schema_is_refused_with_its_line() {
        assertThat(rejected(withKeys("cwd: a", "output_schema: schema.json")))
                .isEqualTo(new Rejection(
                        "output_schema: is not a JSON Schema",
                        3,
                        "Write the schema below the key, as in '{type: object}'."));
        Rejection wrong = rejected(withKeys("cwd: a", "output_schema: {type: object, x-foo: 1}"));
        assertThat(wrong.reason())
                .isEqualTo("output_schema: the schema has a word in it that draft 7 does not know: x-foo");
        assertThat(wrong.line()).isEqualTo(3);
        Rejection twice = rejected(withKeys("output_schema:", "  type: object", "  type: object"));
        assertThat(twice.reason()).isEqualTo("output_schema: has the key 'type' twice");
        assertThat(twice.line()).isEqualTo(4);
    }

    @Test
    void one_that_is_too_long_is_refused_also_when_aliases_make_it_so() {
        assertThat(rejected(withKeys("output_schema: {type: object, description: " + "x".repeat(8_000) + "}"))
                        .reason())
                .contains("longer than 8000 characters");
        StringBuilder bomb = new StringBuilder("output_schema: {type: object, a0: &a0 [" + "x".repeat(200) + "]");
        for (int i = 1; i < 9; i++) {
            bomb.append(", a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]");
        }
        assertThat(rejected(withKeys(bomb.append("}").toString())).reason())
                .containsAnyOf("longer than 8000 characters", "not valid YAML");
    }
}
