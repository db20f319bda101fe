package dev.orchestrator.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long what is left of tasks is kept after their end, and what the journal says; empty for ever.
 *
 * @param tasks task files that were done or rejected
 * @param artifacts with patches and summaries
 * @param runs the records of runs
 * @param journal what statistics have counted, and what is said of tasks that are over
 */
public record RetentionConfig(
        Optional<Duration> tasks, Optional<Duration> artifacts, Optional<Duration> runs, Optional<Duration> journal) {}
