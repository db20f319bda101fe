/**
 * What a task file says, or why it cannot be understood: bytes to a task, without any I/O.
 *
 * <p>Read {@link dev.orchestrator.intake.file.TaskFileReader} first (the way from bytes to a task), then
 * {@link dev.orchestrator.intake.file.FrontMatterKeys} (every key of a task file and what it may hold).
 */
@NullMarked
package dev.orchestrator.intake.file;

import org.jspecify.annotations.NullMarked;
