/**
 * Durability primitives on {@code java.nio.file}, with the retry rules that Windows needs. Nothing here knows what a task
 * is.
 *
 * <p>Read {@link dev.orchestrator.files.AtomicFile} (how a file is replaced so that no reader and no crash ever sees half
 * of it), then {@link dev.orchestrator.files.Moves} (why a rename is tried more than once).
 */
@NullMarked
package dev.orchestrator.files;

import org.jspecify.annotations.NullMarked;
