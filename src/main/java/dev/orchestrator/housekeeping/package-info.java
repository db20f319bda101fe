/**
 * What becomes of the past: files of tasks that are over are removed when they are old enough, and what the journal has of them is
 * packed and removed.
 *
 * <p>Read {@link dev.orchestrator.housekeeping.Cleaning} first, and {@link dev.orchestrator.housekeeping.Pruning} for the journal.
 */
@NullMarked
package dev.orchestrator.housekeeping;

import org.jspecify.annotations.NullMarked;
