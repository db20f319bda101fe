package dev.orchestrator.journal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps lines readable: a parser refuses a string of more than 20 million characters, and an event that was written and
 * cannot be read is lost.
 */
final class LineLimit {
    static final int MOST_CHARS = 16_000_000;
    /** Of a longer text this much is kept. Whoever wants all of it finds it in the records of the run. */
    private static final int KEPT_CHARS = 1_000_000;

    /** Money keeps every digit on its way through the tree. */
    private static final ObjectMapper MAPPER = Json.sparse()
            .copy()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    private LineLimit() {}

    /** {@code event} with only the beginning of the texts that are too long to be read again. */
    static Event cut(Event event) {
        if (event instanceof TaskAccepted accepted && accepted.text().length() > MOST_CHARS) {
            throw new IllegalArgumentException("the text of task " + accepted.taskId() + " has "
                    + accepted.text().length() + " characters; the journal takes " + MOST_CHARS);
        }
        ObjectNode tree = MAPPER.valueToTree(event);
        cutObject(tree);
        try {
            return Records.read(tree.toString(), event.getClass());
        } catch (IOException e) {
            throw new IllegalArgumentException(LineFormat.nameOf(event) + " cannot be read again", e);
        }
    }

    private static void cutObject(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> object.set(name, cut(object.get(name))));
    }

    private static JsonNode cut(JsonNode node) {
        if (node instanceof ObjectNode object) {
            cutObject(object);
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, cut(list.get(i)));
            }
        }
        return node.isTextual() && node.textValue().length() > MOST_CHARS ? beginning(node.textValue()) : node;
    }

    private static TextNode beginning(String text) {
        return TextNode.valueOf(text.substring(0, KEPT_CHARS) + " [cut: " + text.length() + " characters]");
    }
}
