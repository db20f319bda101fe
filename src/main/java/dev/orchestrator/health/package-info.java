/**
 * Tells whether the orchestrator can do its work here, by trying it.
 *
 * <p>Read {@link dev.orchestrator.health.Doctor} first (how checks are run), then {@link dev.orchestrator.health.Checks}
 * (which there are).
 */
@NullMarked
package dev.orchestrator.health;

import org.jspecify.annotations.NullMarked;
