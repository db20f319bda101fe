package dev.orchestrator.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.kherud.llama.LlamaModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code format} of a request as a grammar for the engine: none, {@code "json"}, or a JSON schema.
 *
 * <p>llama.cpp's converter ends the process when it meets a schema that it does not know, so such a schema never gets there.
 */
final class ResponseFormat {
    private static final String ANY_OBJECT = "{\"type\":\"object\"}";
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final Set<String> ALONE = Set.of("enum", "const", "anyOf", "oneOf", "allOf", "properties");
    /** Of these some values end the process, so none is let through. */
    private static final Set<String> UNSAFE = Set.of("$ref", "pattern", "format", "prefixItems");

    private static final List<String> ALTERNATIVES = List.of("anyOf", "oneOf", "allOf");
    private static final List<String> PARTS = List.of("items", "additionalProperties");
    private static final JsonNode NONE = TextNode.valueOf("");
    private static final int LONGEST = 2000;

    private ResponseFormat() {}

    static Optional<String> grammar(JsonNode format) {
        if (format.isMissingNode() || format.isNull() || format.equals(NONE)) {
            return Optional.empty();
        }
        if (format.isTextual() && format.textValue().equals("json")) {
            return Optional.of(LlamaModel.jsonSchemaToGrammar(ANY_OBJECT));
        }
        if (!format.isObject()) {
            // Ollama has no status of its own for it.
            throw new Refused(
                    500, "invalid format: \"" + format + "\"; expected \"json\" or a valid JSON Schema object");
        }
        check(format);
        return Optional.of(LlamaModel.jsonSchemaToGrammar(format.toString()));
    }

    private static void check(JsonNode schema) {
        if (!isKnown(schema) || schema.path("maxLength").asInt() >= LONGEST) {
            throw Refused.badRequest("failed to parse grammar: unrecognized schema: " + schema);
        }
        schema.path("properties").forEach(ResponseFormat::check);
        ALTERNATIVES.forEach(name -> schema.path(name).forEach(ResponseFormat::check));
        PARTS.stream()
                .map(schema::path)
                .filter(part -> !part.isMissingNode() && !part.isBoolean())
                .forEach(ResponseFormat::check);
    }

    private static boolean isKnown(JsonNode schema) {
        return schema.isObject() && UNSAFE.stream().noneMatch(schema::has) && hasKnownType(schema);
    }

    private static boolean hasKnownType(JsonNode schema) {
        if (schema.has("type")) {
            return TYPES.contains(schema.path("type").asText());
        }
        return schema.isEmpty() || ALONE.stream().anyMatch(schema::has);
    }
}
