package dev.orchestrator.config;

import java.time.Duration;

/**
 * For tasks with acceptance commands that do not say otherwise.
 *
 * @param timeout of one command
 * @param rounds how often the agent is told of red ones and works on
 */
public record AcceptanceConfig(Duration timeout, int rounds) {}
