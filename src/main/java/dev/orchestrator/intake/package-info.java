/**
 * Files in, tasks out: what a dropped file says, or why it cannot be understood.
 *
 * <p>Read {@link dev.orchestrator.intake.TaskFileReader} first (bytes to a task, without any I/O), then
 * {@link dev.orchestrator.intake.FrontMatterKeys} (every key of a task file and what it may hold).
 */
@NullMarked
package dev.orchestrator.intake;

import org.jspecify.annotations.NullMarked;
