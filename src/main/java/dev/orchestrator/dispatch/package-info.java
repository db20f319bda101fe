/**
 * Whether tasks may be started now, and why not: somebody paused, the plan's usage window is spent, the agent cannot log in,
 * the money of the day is gone, the disk is full. What is in the way is a {@link dev.orchestrator.task.Hold}, which is in
 * the journal, so that it survives a restart and everybody can see it.
 *
 * <p>Read {@link dev.orchestrator.dispatch.Dispatcher} first (who asks and who tells), then {@code Holds} (what is in the
 * way).
 */
@NullMarked
package dev.orchestrator.dispatch;

import org.jspecify.annotations.NullMarked;
