/**
 * Guarded write: a task works in a copy, and what it changed there waits for a person.
 *
 * <p>Read {@link dev.orchestrator.guard.staging.Staging} first (the copy), then {@link
 * dev.orchestrator.guard.staging.ChangeStore} (what came of it, kept on disk), then {@link
 * dev.orchestrator.guard.staging.Applier} (the change comes into the directory, all of it or nothing).
 */
@NullMarked
package dev.orchestrator.guard.staging;

import org.jspecify.annotations.NullMarked;
