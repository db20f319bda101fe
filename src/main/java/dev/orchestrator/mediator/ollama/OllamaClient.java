package dev.orchestrator.mediator.ollama;

import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.NOT_OLLAMA;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.task.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's HTTP API, as far as it is needed: what it is, what models it has, and one question to a model. Every failure of the
 * wire is a {@link Reply.Failed}; nothing is tried twice here. Thread-safe.
 *
 * <p>Facts: <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">docs/api.md</a>.
 */
public final class OllamaClient implements AutoCloseable {
    private final OllamaAddress address;
    private final Transport transport;

    /**
     * How long to wait for it.
     *
     * @param probe for an answer that needs no model
     * @param load for the first sign of an answer: until then the model may have to be loaded, which Ollama gives up when the
     *     client does, so that it never succeeds for who does not wait
     * @param silence between two signs after that
     * @param total for a whole answer after the first sign
     */
    public record Patience(Duration probe, Duration load, Duration silence, Duration total) {}

    public OllamaClient(OllamaAddress address, Patience patience) {
        this.address = address;
        this.transport = new Transport(address, patience);
    }

    public OllamaAddress address() {
        return address;
    }

    public Reply<String> version() {
        return probe(get("/api/version"))
                .then(json -> json.path("version").isTextual()
                        ? new Reply.Answered<>(json.path("version").textValue())
                        : Reply.failed(NOT_OLLAMA, address + " says no version"));
    }

    public Reply<List<ModelInfo.Entry>> models() {
        return probe(get("/api/tags")).then(json -> {
            List<ModelInfo.Entry> models = new ArrayList<>();
            for (JsonNode model : json.path("models")) {
                models.add(new ModelInfo.Entry(
                        model.path("name").asText(""), model.path("size").asLong(), isRemote(model)));
            }
            return new Reply.Answered<>(models);
        });
    }

    public Reply<ModelInfo.Details> show(String model) {
        return probe(post("/api/show", Wire.model(model))).then(json -> {
            List<String> capabilities = new ArrayList<>();
            json.path("capabilities").forEach(name -> capabilities.add(name.asText("")));
            return new Reply.Answered<>(
                    new ModelInfo.Details(contextLength(json.path("model_info")), capabilities, isRemote(json)));
        });
    }

    /** The models that are in memory now. */
    public Reply<List<ModelInfo.Loaded>> loaded() {
        return probe(get("/api/ps")).then(json -> {
            List<ModelInfo.Loaded> models = new ArrayList<>();
            for (JsonNode model : json.path("models")) {
                models.add(new ModelInfo.Loaded(
                        model.path("name").asText(""),
                        model.path("context_length").asLong()));
            }
            return new Reply.Answered<>(models);
        });
    }

    /**
     * Asks a model and waits for the whole of its answer.
     *
     * @param cancellation ends the wait, and the work of the model with it
     */
    public Reply<ChatAnswer> chat(ChatRequest question, Cancellation cancellation) throws InterruptedException {
        return transport.stream(post("/api/chat", Wire.chat(question)), cancellation);
    }

    private Reply<JsonNode> probe(Request request) {
        return transport.probe(request);
    }

    private Request get(String path) {
        return new Request.Builder().url(address + path).build();
    }

    private Request post(String path, JsonNode body) {
        return new Request.Builder().url(address + path).post(Wire.body(body)).build();
    }

    private static boolean isRemote(JsonNode model) {
        return !model.path("remote_host").asText("").isEmpty();
    }

    /** The key begins with the architecture: {@code llama.context_length}. */
    private static long contextLength(@Nullable JsonNode info) {
        if (info == null) {
            return 0;
        }
        return info.properties().stream()
                .filter(entry -> entry.getKey().endsWith(".context_length"))
                .mapToLong(entry -> entry.getValue().asLong())
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        transport.close();
    }
}
