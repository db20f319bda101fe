/**
 * What an agent may touch, and who sees to it.
 *
 * <p>Read {@link dev.orchestrator.guard.Policy} first (whether one call of a tool may happen), then
 * {@link dev.orchestrator.guard.Bounds} (what a task is allowed).
 */
@NullMarked
package dev.orchestrator.guard;

import org.jspecify.annotations.NullMarked;
