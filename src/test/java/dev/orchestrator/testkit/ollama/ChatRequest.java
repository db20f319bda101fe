package dev.orchestrator.testkit.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /api/chat}, checked as strictly as Ollama does.
 *
 * @param shift whether a prompt that is too long may be cut
 * @param unload whether {@code keep_alive} asks to forget the model at once
 * @param lacking what is asked for and the model cannot do, or ""
 */
record ChatRequest(
        String model,
        List<Message> messages,
        boolean stream,
        JsonNode format,
        ModelOptions options,
        boolean shift,
        boolean unload,
        String lacking) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DURATION = Pattern.compile("-?(0|(\\d+(\\.\\d+)?(ns|us|ms|s|m|h))+)");
    private static final Pattern ZERO = Pattern.compile("0|(0(\\.0+)?(ns|us|ms|s|m|h))+");

    record Message(String role, String content) {}

    static ChatRequest parse(byte[] body) throws IOException {
        JsonNode json = json(body);
        return new ChatRequest(
                model(json),
                messages(json.path("messages")),
                flag(json, "stream", true),
                json.path("format"),
                new ModelOptions(json.path("options")),
                flag(json, "shift", true),
                isUnload(json.path("keep_alive")),
                lacking(json));
    }

    /** The model a request names; also that of {@code /api/show}. */
    static String model(JsonNode json) {
        JsonNode model = json.path("model");
        if (!model.isMissingNode() && !model.isTextual()) {
            throw wrongType("model", "string");
        }
        if (model.asText().isBlank()) {
            throw Refused.badRequest("model is required");
        }
        return model.textValue();
    }

    static JsonNode json(byte[] body) throws IOException {
        if (body.length == 0) {
            throw Refused.badRequest("missing request body");
        }
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
            throw Refused.badRequest("json: cannot unmarshal value into Go value of type api.ChatRequest");
        } catch (JsonProcessingException e) {
            throw Refused.badRequest(e.getOriginalMessage());
        }
    }

    private static String lacking(JsonNode json) {
        JsonNode think = json.path("think");
        if (think.asBoolean() || (think.isTextual() && !think.textValue().isEmpty())) {
            return "thinking";
        }
        return json.path("tools").isEmpty() ? "" : "tools";
    }

    private static List<Message> messages(JsonNode list) {
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw wrongType("messages", "[]api.Message");
        }
        List<Message> messages = new ArrayList<>();
        list.forEach(message -> messages.add(message(message)));
        return List.copyOf(messages);
    }

    private static Message message(JsonNode message) {
        return new Message(text(message.path("role"), "role"), text(message.path("content"), "content"));
    }

    private static String text(JsonNode value, String field) {
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw wrongType("messages." + field, "string");
        }
        return value.asText("");
    }

    private static boolean flag(JsonNode json, String name, boolean otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrongType(name, "bool");
        }
        return value.booleanValue();
    }

    private static boolean isUnload(JsonNode keepAlive) {
        if (keepAlive.isTextual() && !DURATION.matcher(keepAlive.textValue()).matches()) {
            throw Refused.badRequest("time: invalid or unitless duration \"" + keepAlive.textValue() + "\"");
        }
        return keepAlive.isTextual()
                ? ZERO.matcher(keepAlive.textValue()).matches()
                : keepAlive.isNumber() && keepAlive.doubleValue() == 0;
    }

    private static Refused wrongType(String field, String type) {
        return Refused.badRequest(
                "json: cannot unmarshal value into Go struct field ChatRequest." + field + " of type " + type);
    }
}
