package dev.orchestrator.config;

/**
 * An environment variable, or a line of {@code .env} that stands for one.
 *
 * @param source where it was found, as it is shown
 */
record Variable(String name, String value, String source) {}
