/**
 * An agent that needs no model, no account and no network, for the demo: it speaks the protocol of the Claude Code CLI from a
 * process of its own, and can mend exactly one fault. It calls itself simulated wherever it says anything.
 *
 * <p>Read {@link dev.orchestrator.agent.simulated.SimulatedClaude} first (the program), then {@code SimulatedRun} (what it
 * does).
 */
@NullMarked
package dev.orchestrator.agent.simulated;

import org.jspecify.annotations.NullMarked;
