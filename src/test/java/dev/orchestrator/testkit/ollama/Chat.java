package dev.orchestrator.testkit.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** {@code POST /api/chat}: loads and unloads the model in name, answers with it in truth. */
final class Chat {
    private final ModelFile file;
    private final Engine engine;
    private volatile boolean loaded;
    private volatile int context;

    Chat(ModelFile file, Engine engine) {
        this.file = file;
        this.engine = engine;
        this.context = file.contextLength();
    }

    boolean isLoaded() {
        return loaded;
    }

    /** That of the request that was answered last. */
    int context() {
        return context;
    }

    void answer(ChatRequest request, Exchange exchange) throws IOException {
        if (!request.lacking().isEmpty()) {
            throw Refused.badRequest("\"" + request.model() + "\" does not support " + request.lacking());
        }
        int wanted = request.options().context(file.contextLength());
        if (request.messages().isEmpty()) {
            exchange.json(200, Answers.end(request, "", request.unload() ? "unload" : "load"));
        } else {
            generate(request, wanted, exchange);
        }
        context = wanted;
        loaded = !request.unload();
    }

    private void generate(ChatRequest request, int wanted, Exchange exchange) throws IOException {
        ModelOptions options = request.options();
        String prompt = new Prompt(engine, wanted).of(request);
        Engine.Settings settings = new Engine.Settings(
                ResponseFormat.grammar(request.format()),
                options.temperature(),
                options.seed(),
                options.predict(wanted));
        Engine.Sink sink = request.stream() ? piece -> exchange.line(Answers.piece(request, piece)) : piece -> {};
        Engine.Answer answer = engine.generate(prompt, settings, sink);
        end(request, exchange, engine.count(prompt), answer);
    }

    private static void end(ChatRequest request, Exchange exchange, int promptTokens, Engine.Answer answer)
            throws IOException {
        String reason = answer.complete() ? "stop" : "length";
        ObjectNode end = Answers.end(request, request.stream() ? "" : answer.text(), reason);
        Answers.counted(end, promptTokens, answer);
        if (request.stream()) {
            exchange.line(end);
        } else {
            exchange.json(200, end);
        }
    }
}
