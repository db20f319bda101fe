/**
 * What an agent may do and what it did: decides its tool calls, and sees for itself which files changed.
 *
 * <p>Read {@link dev.orchestrator.guard.Manifest} first (the picture of a working directory and how two of them become a
 * list of changes), then {@link dev.orchestrator.guard.ManifestScanner} (what is in the picture and what is left out).
 */
@NullMarked
package dev.orchestrator.guard;

import org.jspecify.annotations.NullMarked;
