package dev.orchestrator.config;

import java.time.Duration;

/** @param grace how long runs may go on after the daemon was asked to stop */
public record ShutdownConfig(Duration grace) {}
