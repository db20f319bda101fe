/**
 * The guard as the agent meets it: asked over HTTP before each call of a tool.
 *
 * <p>Read {@link dev.orchestrator.guard.hook.GuardServer} first (who answers), then {@link dev.orchestrator.guard.hook.Watch}
 * (one run that is guarded, and what was seen of it).
 */
@NullMarked
package dev.orchestrator.guard.hook;

import org.jspecify.annotations.NullMarked;
