package dev.orchestrator.agent;

import java.time.Duration;

/**
 * How long a run may take in each respect.
 *
 * @param startup until its first sign of life
 * @param idle between two signs of life
 * @param total from the start of the attempt
 * @param resultGrace from its result until the process has to be gone
 * @param stopGrace between asking it to stop and killing it
 */
public record Clocks(Duration startup, Duration idle, Duration total, Duration resultGrace, Duration stopGrace) {}
