package dev.orchestrator.artifact;

import org.jspecify.annotations.Nullable;

/**
 * One acceptance command, run once.
 *
 * @param exitCode null when it came to none
 * @param round counted from 1 within the turn
 * @param outcome green, red, timeout, flood or not_started
 * @param output the end of what it printed; empty when it is green
 */
public record AcceptanceRun(
        String command, @Nullable Integer exitCode, long durationMs, int round, String outcome, String output) {}
