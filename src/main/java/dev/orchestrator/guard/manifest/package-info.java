/**
 * Which files an agent changed, seen on disk and never taken from its words.
 *
 * <p>Read {@link dev.orchestrator.guard.manifest.Manifest} first (the picture of a working directory and how two of them become a
 * list of changes), then {@link dev.orchestrator.guard.manifest.ManifestScanner} (what is in the picture and what is left out).
 */
@NullMarked
package dev.orchestrator.guard.manifest;

import org.jspecify.annotations.NullMarked;
