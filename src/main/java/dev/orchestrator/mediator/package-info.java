/**
 * Between the user and the agent: what a task means, and how it is put to the agent.
 *
 * <p>Read {@link dev.orchestrator.mediator.Mediator} first (the port), then {@link
 * dev.orchestrator.mediator.PromptComposer} (what the agent is told).
 */
@NullMarked
package dev.orchestrator.mediator;

import org.jspecify.annotations.NullMarked;
