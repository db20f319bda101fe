package dev.orchestrator.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long what is left of tasks is kept after their end; empty for ever.
 *
 * @param tasks task files that were done or rejected
 * @param artifacts with patches and summaries
 * @param runs the records of runs
 */
public record RetentionConfig(Optional<Duration> tasks, Optional<Duration> artifacts, Optional<Duration> runs) {}
