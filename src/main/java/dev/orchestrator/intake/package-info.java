/**
 * Files in, tasks out: sees what is dropped, waits until it is whole, and accepts or rejects it.
 *
 * <p>Read {@link dev.orchestrator.intake.Intake} first (one file: accepted, rejected, or looked at again later), then
 * {@link dev.orchestrator.intake.TaskWatcher} (how a file is noticed). What a file says is
 * {@link dev.orchestrator.intake.file}.
 */
@NullMarked
package dev.orchestrator.intake;

import org.jspecify.annotations.NullMarked;
