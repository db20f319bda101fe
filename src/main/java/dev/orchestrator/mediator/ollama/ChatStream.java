package dev.orchestrator.mediator.ollama;

import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.BROKEN;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.NOT_OLLAMA;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.TRUNCATED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts an answer together from its lines. Only one that says {@code done} is whole: a model that repeats itself, or whose
 * process dies, leaves a stream that simply ends, with HTTP 200. For one answer. Sample:
 *
 * <pre>
 * {"model":"m","message":{"role":"assistant","content":"{\"type\""},"done":false}
 * {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":9}
 * </pre>
 */
final class ChatStream {
    private final OllamaAddress address;
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<JsonNode> toolCalls = new ArrayList<>();
    private boolean begun;

    ChatStream(OllamaAddress address) {
        this.address = address;
    }

    Reply<ChatAnswer> read(BufferedSource source) throws IOException {
        Bodies.Lines lines = new Bodies.Lines(source);
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                Reply<ChatAnswer> end = take(line);
                if (end != null) {
                    return end;
                }
            }
        }
        return begun
                ? Reply.failed(
                        TRUNCATED, "the model's answer ends before its end, after " + content.length() + " characters")
                : Reply.failed(NOT_OLLAMA, address + " answers with nothing");
    }

    /** Null when more is to come. */
    private @Nullable Reply<ChatAnswer> take(String line) {
        JsonNode json;
        try {
            json = Wire.read(line);
        } catch (JsonProcessingException e) {
            return strange("is no JSON");
        }
        JsonNode error = json.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            String said = error.isTextual() ? error.textValue() : error.toString();
            return Reply.failed(BROKEN, "Ollama failed while it answered: " + ErrorAnswer.shortened(said));
        }
        if (!json.has("message") && !json.has("done")) {
            return strange("says nothing of an answer");
        }
        begun = true;
        JsonNode message = json.path("message");
        content.append(message.path("content").asText(""));
        thinking.append(message.path("thinking").asText(""));
        message.path("tool_calls").forEach(toolCalls::add);
        return json.path("done").asBoolean(false) ? new Reply.Answered<>(answer(json)) : null;
    }

    /** Whoever has begun as Ollama does is it. */
    private Reply<ChatAnswer> strange(String how) {
        return begun
                ? Reply.failed(BROKEN, "Ollama sent a line that " + how)
                : Reply.failed(NOT_OLLAMA, address + " does not answer as Ollama does");
    }

    private ChatAnswer answer(JsonNode last) {
        return new ChatAnswer(
                content.toString(),
                thinking.toString(),
                toolCalls,
                last.path("done_reason").asText(""),
                new ChatAnswer.Usage(
                        Math.max(0, last.path("prompt_eval_count").asLong()),
                        Math.max(0, last.path("eval_count").asLong()),
                        Duration.ofNanos(Math.max(0, last.path("total_duration").asLong())),
                        Duration.ofNanos(Math.max(0, last.path("load_duration").asLong()))));
    }
}
