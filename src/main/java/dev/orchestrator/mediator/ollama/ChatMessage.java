package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said.
 *
 * @param role system, user, assistant or tool
 * @param toolCalls as the model made them; null for none
 * @param toolName whose result this is; null when it is none
 */
public record ChatMessage(
        String role,
        String content,
        @Nullable JsonNode toolCalls,
        @Nullable String toolName) {

    static ChatMessage system(String content) {
        return new ChatMessage("system", content, null, null);
    }

    static ChatMessage user(String content) {
        return new ChatMessage("user", content, null, null);
    }

    static ChatMessage assistant(String content, @Nullable JsonNode toolCalls) {
        return new ChatMessage("assistant", content, toolCalls, null);
    }

    static ChatMessage tool(String name, String content) {
        return new ChatMessage("tool", content, null, name);
    }
}
