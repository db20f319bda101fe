/**
 * What is done to a task, in order: parse, execute, validate, persist; one class a step.
 *
 * <p>Read {@link dev.orchestrator.pipeline.Pipeline} first (the order, and what happens when a step is cut off), then {@code
 * ExecuteStep} (how an attempt is started once and followed to its end).
 */
@NullMarked
package dev.orchestrator.pipeline;

import org.jspecify.annotations.NullMarked;
