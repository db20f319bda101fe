package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to a model.
 *
 * @param messages in order; empty only loads the model
 * @param format the form of the answer: a JSON Schema, the text {@code json}, or null for any
 * @param think whether it may think aloud before; null leaves that to Ollama, which then has every model think that can
 * @param tools that it may ask for, as Ollama wants them described; null for none
 */
public record ChatRequest(
        String model,
        List<ChatMessage> messages,
        @Nullable JsonNode format,
        @Nullable Boolean think,
        @Nullable JsonNode tools,
        Options options) {

    public ChatRequest {
        messages = List.copyOf(messages);
    }

    /**
     * How the model answers. {@code numCtx} has to be the same in all requests, for Ollama loads the model anew otherwise.
     *
     * @param numCtx how many tokens question and answer may have together
     * @param numPredict how many the answer may have; without a limit a model that repeats itself goes on for ten contexts
     * @param keepAlive how long the model stays in memory afterwards
     */
    public record Options(int numCtx, int numPredict, double temperature, int seed, Duration keepAlive) {}

    ChatRequest withFormat(@Nullable JsonNode other) {
        return new ChatRequest(model, messages, other, think, tools, options);
    }

    ChatRequest thinking(@Nullable Boolean whether) {
        return new ChatRequest(model, messages, format, whether, tools, options);
    }

    ChatRequest withNumPredict(int tokens) {
        Options more = new Options(options.numCtx, tokens, options.temperature, options.seed, options.keepAlive);
        return new ChatRequest(model, messages, format, think, tools, more);
    }
}
