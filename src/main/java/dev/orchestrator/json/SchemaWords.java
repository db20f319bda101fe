package dev.orchestrator.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a JSON Schema has only words in it that draft 7 has. To most a word that they do not know means nothing; to the CLI the
 * whole schema is none then, and its run ends before it begins. Pure.
 */
final class SchemaWords {
    private static final Set<String> VALUES = Set.of(
            "$ref",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "readOnly",
            "writeOnly",
            "type",
            "enum",
            "const",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "format",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxProperties",
            "minProperties",
            "required",
            "contentEncoding",
            "contentMediaType");
    private static final Set<String> ONE_SCHEMA = Set.of(
            "additionalItems",
            "contains",
            "additionalProperties",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "items");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "items");
    private static final Set<String> BY_NAME =
            Set.of("properties", "patternProperties", "definitions", "$defs", "dependencies");
    private static final Set<String> FORMATS = Set.of(
            "date",
            "time",
            "date-time",
            "uri",
            "uri-reference",
            "uri-template",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "regex",
            "uuid",
            "json-pointer",
            "relative-json-pointer");

    private SchemaWords() {}

    /** What in {@code schema}, or in one within it, is not known. */
    static Optional<String> unknown(JsonNode schema) {
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            Optional<String> unknown = unknown(entry.getKey(), entry.getValue());
            if (unknown.isPresent()) {
                return unknown;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unknown(String word, JsonNode value) {
        if (word.equals("format") && !FORMATS.contains(value.asText())) {
            return Optional.of("the schema has a format in it that is not known: " + value);
        }
        if (word.equals("$ref") && !value.asText().startsWith("#")) {
            return Optional.of("the schema refers to another one: " + value);
        }
        if (value.isArray() ? LISTS.contains(word) : BY_NAME.contains(word)) {
            return within(value);
        }
        if (ONE_SCHEMA.contains(word)) {
            return unknown(value);
        }
        return VALUES.contains(word)
                ? Optional.empty()
                : Optional.of("the schema has a word in it that draft 7 does not know: " + word);
    }

    private static Optional<String> within(JsonNode schemas) {
        for (JsonNode schema : schemas) {
            Optional<String> unknown = unknown(schema);
            if (unknown.isPresent()) {
                return unknown;
            }
        }
        return Optional.empty();
    }
}
