/**
 * Telegram, strictly optional: what persons say there becomes tasks and commands, and what they may want to hear is told there.
 *
 * <p>Read {@link dev.orchestrator.telegram.Bot} first (how updates come in), then {@code Conversation} (what they mean).
 */
@NullMarked
package dev.orchestrator.telegram;

import org.jspecify.annotations.NullMarked;
