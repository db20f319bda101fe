package dev.orchestrator.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;

/**
 * Writes one assistant message in the two forms of the Messages API, one JSON object or server-sent events:
 *
 * <pre>
 * event: content_block_delta
 * data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"done"}}
 * </pre>
 */
final class MessageFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageFormat() {}

    static ObjectNode text(String model, String text, Script.Usage usage) {
        return text(model, text, "end_turn", usage);
    }

    static ObjectNode text(String model, String text, String stopReason, Script.Usage usage) {
        ObjectNode block = JSON.createObjectNode().put("type", "text").put("text", text);
        return message(model, block, stopReason, usage);
    }

    static ObjectNode tool(String model, String id, String name, Map<String, Object> input, Script.Usage usage) {
        ObjectNode block =
                JSON.createObjectNode().put("type", "tool_use").put("id", id).put("name", name);
        block.set("input", JSON.valueToTree(input));
        return message(model, block, "tool_use", usage);
    }

    static ObjectNode error(String type, String message) {
        ObjectNode error = JSON.createObjectNode().put("type", "error");
        error.putObject("error").put("type", type).put("message", message);
        return error;
    }

    static String json(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }

    /** The events of a message as {@link #text} and {@link #tool} make it: one content block. */
    static String events(ObjectNode message) {
        ObjectNode block = (ObjectNode) message.path("content").path(0);
        return messageStart(message)
                + event("content_block_start", indexed("content_block", emptied(block)))
                + event("content_block_delta", indexed("delta", delta(block)))
                + event("content_block_stop", JSON.createObjectNode().put("index", 0))
                + messageDelta(message)
                + event("message_stop", JSON.createObjectNode());
    }

    /** The events up to the middle of a message. */
    static String begun(ObjectNode message) {
        String whole = events(message);
        return whole.substring(0, whole.indexOf("event: content_block_stop"));
    }

    private static String messageStart(ObjectNode message) {
        ObjectNode start = message.deepCopy();
        start.putArray("content");
        start.putNull("stop_reason");
        return event("message_start", JSON.createObjectNode().set("message", start));
    }

    private static String messageDelta(ObjectNode message) {
        ObjectNode delta = JSON.createObjectNode();
        delta.putObject("delta").set("stop_reason", message.path("stop_reason"));
        delta.set("usage", message.path("usage"));
        return event("message_delta", delta);
    }

    private static ObjectNode emptied(ObjectNode block) {
        ObjectNode empty = block.deepCopy();
        if (isTool(block)) {
            empty.putObject("input");
        } else {
            empty.put("text", "");
        }
        return empty;
    }

    private static ObjectNode delta(ObjectNode block) {
        return isTool(block)
                ? JSON.createObjectNode()
                        .put("type", "input_json_delta")
                        .put("partial_json", block.path("input").toString())
                : JSON.createObjectNode()
                        .put("type", "text_delta")
                        .put("text", block.path("text").asText());
    }

    private static boolean isTool(ObjectNode block) {
        return block.path("type").asText().equals("tool_use");
    }

    private static ObjectNode indexed(String name, ObjectNode value) {
        ObjectNode node = JSON.createObjectNode().put("index", 0);
        node.set(name, value);
        return node;
    }

    private static String event(String type, ObjectNode data) {
        ObjectNode typed = JSON.createObjectNode().put("type", type);
        typed.setAll(data);
        return "event: " + type + "\ndata: " + json(typed) + "\n\n";
    }

    private static ObjectNode message(String model, ObjectNode block, String stopReason, Script.Usage usage) {
        ObjectNode message = JSON.createObjectNode()
                .put("id", "msg_" + UUID.randomUUID())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content").add(block);
        message.put("stop_reason", stopReason).putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", usage.inputTokens()).put("output_tokens", usage.outputTokens());
        return message;
    }
}
