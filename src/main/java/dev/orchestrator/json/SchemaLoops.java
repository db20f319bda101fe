package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a schema comes back to itself without having gone on to a part of the object, as {@code {allOf: [{$ref: "#"}]}} does:
 * nobody comes to an end with it. One that refers to itself for a property, or for the items of a list, ends where the object
 * does. Pure.
 */
final class SchemaLoops {
    private static final List<String> OF_THE_SAME = List.of("not", "if", "then", "else");
    private static final List<String> LISTS_OF_THE_SAME = List.of("allOf", "anyOf", "oneOf");

    private final JsonNode root;
    private final Set<JsonNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<JsonNode> begun = Collections.newSetFromMap(new IdentityHashMap<>());

    private SchemaLoops(JsonNode root) {
        this.root = root;
    }

    /** What is wrong with the references in {@code schema}. */
    static Optional<String> problem(JsonNode schema) {
        return new SchemaLoops(schema).anywhereIn(schema);
    }

    /** Also in what is no schema: a loop is none anybody would write there by chance. */
    private Optional<String> anywhereIn(JsonNode node) {
        Optional<String> problem = node.isObject() ? at(node) : Optional.empty();
        for (JsonNode part : node) {
            problem = problem.or(() -> anywhereIn(part));
        }
        return problem;
    }

    private Optional<String> at(JsonNode schema) {
        if (begun.contains(schema)) {
            return Optional.of("the schema refers to itself for the same thing, without end");
        }
        if (!schema.isObject() || done.contains(schema)) {
            return Optional.empty();
        }
        begun.add(schema);
        Optional<String> problem = referred(schema.path("$ref"));
        for (String word : OF_THE_SAME) {
            problem = problem.or(() -> at(schema.path(word)));
        }
        for (String word : LISTS_OF_THE_SAME) {
            problem = problem.or(() -> each(schema.path(word)));
        }
        problem = problem.or(() -> each(schema.path("dependencies")));
        begun.remove(schema);
        done.add(schema);
        return problem;
    }

    private Optional<String> each(JsonNode schemas) {
        for (JsonNode schema : schemas) {
            Optional<String> problem = at(schema);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** One that leads nowhere shows when the schema is used. */
    private Optional<String> referred(JsonNode reference) {
        String place = reference.asText("");
        if (place.equals("#")) {
            return at(root);
        }
        return place.startsWith("#/") ? at(root.at(JsonPointer.compile(place.substring(1)))) : Optional.empty();
    }
}
