/**
 * What is left of a task for machines to read. Read {@link dev.orchestrator.artifact.Artifact} first (the file, component
 * by component), then {@link dev.orchestrator.artifact.ArtifactStore} (how exactly one is published per turn).
 */
@NullMarked
package dev.orchestrator.artifact;

import org.jspecify.annotations.NullMarked;
