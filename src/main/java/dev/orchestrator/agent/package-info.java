/**
 * What does the work. Read {@link dev.orchestrator.agent.Agent} first (the port), then {@link
 * dev.orchestrator.agent.AgentResult} (how an attempt can end).
 */
@NullMarked
package dev.orchestrator.agent;

import org.jspecify.annotations.NullMarked;
