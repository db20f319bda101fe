/**
 * Runs the real Claude Code CLI offline: a scripted Messages API on loopback plays the model.
 *
 * <p>Read {@link dev.orchestrator.testkit.ScriptedApi} and {@link dev.orchestrator.testkit.RealClaude} first.
 */
@NullMarked
package dev.orchestrator.testkit;

import org.jspecify.annotations.NullMarked;
