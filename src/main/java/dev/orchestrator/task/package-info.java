/**
 * The vocabulary: what was asked, what happened, how it stands. No I/O, nothing but the JDK.
 *
 * <p>Read {@link dev.orchestrator.task.TaskEvent} first (everything that can happen to a task, in the order in which it
 * happens), then {@link dev.orchestrator.task.TaskView} (how a task stands: the fold of its events).
 */
@NullMarked
package dev.orchestrator.task;

import org.jspecify.annotations.NullMarked;
