package dev.orchestrator.testkit.ollama;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The bodies of Ollama's answers. */
final class Answers {
    /** As a build of Ollama from source calls itself; the second part says that it is none. */
    static final String VERSION = "0.0.0-tiny";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelFile model;

    Answers(ModelFile model) {
        this.model = model;
    }

    static ObjectNode error(String message) {
        return JSON.createObjectNode().put("error", message);
    }

    static ObjectNode version() {
        return JSON.createObjectNode().put("version", VERSION);
    }

    ObjectNode tags() {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode entry = entry(body.putArray("models").addObject());
        entry.put("modified_at", model.modified().toString());
        entry.putArray("capabilities").add("completion");
        return body;
    }

    ObjectNode running(boolean loaded, int context) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("models");
        if (loaded) {
            entry(body.withArray("models").addObject())
                    .put("expires_at", Instant.now().plus(5, ChronoUnit.MINUTES).toString())
                    .put("size_vram", 0)
                    .put("context_length", context);
        }
        return body;
    }

    ObjectNode show() {
        ObjectNode body = JSON.createObjectNode().put("template", model.template());
        details(body.putObject("details"));
        ObjectNode info = body.putObject("model_info");
        model.info().forEach(info::putPOJO);
        body.putArray("capabilities").add("completion");
        return body.put("modified_at", model.modified().toString());
    }

    private ObjectNode entry(ObjectNode entry) {
        entry.put("name", model.name()).put("model", model.name());
        entry.put("size", model.size()).put("digest", model.digest());
        details(entry.putObject("details"));
        return entry;
    }

    private void details(ObjectNode details) {
        details.put("parent_model", "").put("format", "gguf").put("family", model.family());
        details.putArray("families").add(model.family());
        details.put("parameter_size", model.parameterSize()).put("quantization_level", "F16");
    }

    /** One line of a stream, or with {@link #end} the only one. */
    static ObjectNode piece(ChatRequest request, String text) {
        ObjectNode body = JSON.createObjectNode()
                .put("model", request.model())
                .put("created_at", Instant.now().toString());
        body.putObject("message").put("role", "assistant").put("content", text);
        return body.put("done", false);
    }

    static ObjectNode end(ChatRequest request, String text, String reason) {
        return piece(request, text).put("done", true).put("done_reason", reason);
    }

    static ObjectNode counted(ObjectNode end, int promptTokens, Engine.Answer answer) {
        return end.put("total_duration", answer.promptNanos() + answer.nanos())
                .put("load_duration", 1)
                .put("prompt_eval_count", promptTokens)
                .put("prompt_eval_duration", answer.promptNanos())
                .put("eval_count", answer.tokens())
                .put("eval_duration", answer.nanos());
    }
}
