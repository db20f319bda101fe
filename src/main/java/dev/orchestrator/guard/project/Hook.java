package dev.orchestrator.guard.project;

import org.jspecify.annotations.Nullable;

/**
 * A command that a repository wants to have run at some moment of a session.
 *
 * @param event the moment, such as {@code PostToolUse}
 * @param matcher which tools or sources it is about; null for all
 * @param timeout seconds; null for the program's own
 * @param condition a permission rule that a call has to match besides; null for none
 */
public record Hook(
        String event,
        @Nullable String matcher,
        String command,
        @Nullable Integer timeout,
        @Nullable String condition) {}
