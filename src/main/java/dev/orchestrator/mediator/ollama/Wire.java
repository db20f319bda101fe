package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/** Our questions as JSON, and Ollama's lines as trees. What comes from there is bounded and of any shape. */
final class Wire {
    /** Deep enough for all that Ollama says; a stack is not to be filled from outside. */
    private static final int DEEPEST = 64;

    static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength((int) Transport.LARGEST_ANSWER)
                            .build())
                    .build())
            // A model that was made by others may put a raw control character into a text.
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** Without a character set: JSON has but one. */
    private static final MediaType JSON = MediaType.get("application/json");

    private Wire() {}

    static JsonNode model(String name) {
        return MAPPER.createObjectNode().put("model", name);
    }

    /**
     * Streamed, so that silence tells a stuck server from a slow one. Neither {@code truncate} nor {@code shift}: what does not
     * fit is refused, where else the question would lose its middle without a word (older servers ignore both and cut).
     */
    static JsonNode chat(ChatRequest question) {
        ObjectNode body = MAPPER.createObjectNode().put("model", question.model());
        ArrayNode messages = body.putArray("messages");
        question.messages().forEach(message -> messages.add(message(message)));
        body.put("stream", true).put("truncate", false).put("shift", false);
        if (question.format() != null) {
            body.set("format", question.format());
        }
        if (question.think() != null) {
            body.put("think", question.think());
        }
        if (question.tools() != null) {
            body.set("tools", question.tools());
        }
        ChatRequest.Options options = question.options();
        body.put("keep_alive", options.keepAlive().toSeconds() + "s");
        body.putObject("options")
                .put("num_ctx", options.numCtx())
                .put("num_predict", options.numPredict())
                .put("temperature", options.temperature())
                .put("seed", options.seed());
        return body;
    }

    private static ObjectNode message(ChatMessage message) {
        ObjectNode node = MAPPER.createObjectNode().put("role", message.role()).put("content", message.content());
        if (message.toolCalls() != null) {
            node.set("tool_calls", message.toolCalls());
        }
        if (message.toolName() != null) {
            node.put("tool_name", message.toolName());
        }
        return node;
    }

    static RequestBody body(JsonNode node) {
        return RequestBody.create(node.toString().getBytes(StandardCharsets.UTF_8), JSON);
    }

    static JsonNode read(String line) throws JsonProcessingException {
        return MAPPER.readTree(line);
    }
}
