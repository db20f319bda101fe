/**
 * What becomes of the past: files of tasks that are over are removed when they are old enough.
 *
 * <p>Read {@link dev.orchestrator.housekeeping.Cleaning} first.
 */
@NullMarked
package dev.orchestrator.housekeeping;

import org.jspecify.annotations.NullMarked;
