package dev.orchestrator.agent;

import org.jspecify.annotations.Nullable;

/**
 * One use of a tool by the agent.
 *
 * @param target the file, command or address it was about, as the agent gave it; null when it has none
 * @param succeeded false while there is no result
 */
public record ToolCall(String id, String tool, @Nullable String target, boolean succeeded) {

    public ToolCall ended(boolean withSuccess) {
        return new ToolCall(id, tool, target, withSuccess);
    }
}
