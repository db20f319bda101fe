package dev.orchestrator.intake.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.json.OutputSchema;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the JSON Schema behind {@code output_schema}, written as YAML, and gives it as JSON. Only what JSON has counts as a number or a
 * constant: {@code no}, {@code 1e400} and {@code 2026-11-22} are texts, whatever YAML takes them for.
 */
final class SchemaReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,18})?");
    /** In ASCII, for it becomes an argument of a command, whose charset is the machine's. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private int left = OutputSchema.LONGEST;

    private SchemaReader() {}

    static String read(Field field) throws TaskRejected {
        if (!(field.node() instanceof MappingNode mapping)) {
            throw refused(
                    field.node(), "is not a JSON Schema", "Write the schema below the key, as in '{type: object}'.");
        }
        ObjectNode schema = new SchemaReader().object(mapping);
        Optional<String> problem = OutputSchema.problem(schema);
        if (problem.isPresent()) {
            throw new TaskRejected(
                    field.key() + ": " + Visible.line(problem.get(), 300),
                    field.keyLine(),
                    "Correct the schema; it is that of an object, in draft 7 and without '$schema'.");
        }
        return text(field, schema);
    }

    private static String text(Field field, ObjectNode schema) throws TaskRejected {
        try {
            String text = ASCII.writeValueAsString(schema);
            if (text.length() > OutputSchema.LONGEST) {
                throw tooLong(field.node());
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written as JSON", e);
        }
    }

    /** Counted as it is read: what stands there once may be meant many times, by aliases. */
    private void count(Node node, int characters) throws TaskRejected {
        left -= characters + 1;
        if (left < 0) {
            throw tooLong(node);
        }
    }

    private JsonNode any(Node node) throws TaskRejected {
        Yaml.refuseTag(node);
        if (node instanceof MappingNode mapping) {
            return object(mapping);
        }
        return node instanceof SequenceNode list ? array(list) : scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping) throws TaskRejected {
        Yaml.refuseTag(mapping);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            String key = Field.key(entry.getKeyNode());
            count(entry.getKeyNode(), key.length());
            if (object.has(key)) {
                throw refused(
                        entry.getKeyNode(), "has the key " + Visible.quote(key) + " twice", "Keep one of the two.");
            }
            object.set(key, any(entry.getValueNode()));
        }
        return object;
    }

    private ArrayNode array(SequenceNode list) throws TaskRejected {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Node item : list.getValue()) {
            count(item, 0);
            array.add(any(item));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar) throws TaskRejected {
        String text = scalar.getValue();
        count(scalar, text.length());
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return JsonNodeFactory.instance.textNode(text);
        }
        if (NUMBER.matcher(text).matches()) {
            return text.indexOf('.') < 0
                    ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                    : JsonNodeFactory.instance.numberNode(new BigDecimal(text));
        }
        return switch (text) {
            case "true", "false" -> JsonNodeFactory.instance.booleanNode(text.equals("true"));
            case "null", "" -> JsonNodeFactory.instance.nullNode();
            default -> JsonNodeFactory.instance.textNode(text);
        };
    }

    private static TaskRejected tooLong(Node node) {
        return refused(
                node,
                "is longer than " + OutputSchema.LONGEST + " characters as JSON",
                "Ask for less, or describe it in the text of the task.");
    }

    private static TaskRejected refused(Node node, String problem, String remedy) {
        return new TaskRejected("output_schema: " + problem, Yaml.line(node), remedy);
    }
}
