package dev.orchestrator.agent;

import org.jspecify.annotations.Nullable;

/**
 * What an agent tried beyond its bounds.
 *
 * @param target as the agent gave it; null when the tool has none
 * @param realPath where that leads, links followed; null when it is no path
 */
public record Violation(
        String tool, @Nullable String target, @Nullable String realPath, String reason) {}
