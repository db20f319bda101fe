/**
 * The Claude Code CLI as an agent. What this package believes about the program is written in {@code docs/CLAUDE_CLI.md}.
 *
 * <p>Read {@link dev.orchestrator.agent.claude.ClaudeAgent} first (one run from start to end), then {@code ClaudeOutcome}
 * (why a run that says "success" may still have failed).
 */
@NullMarked
package dev.orchestrator.agent.claude;

import org.jspecify.annotations.NullMarked;
