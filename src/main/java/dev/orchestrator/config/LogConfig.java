package dev.orchestrator.config;

import org.slf4j.event.Level;

/** @param level the least level that reaches the operator log */
public record LogConfig(Level level) {}
