package dev.orchestrator.task;

/**
 * Where a task came from.
 *
 * @param file the name of the dropped file, without a directory
 * @param sha256 of its bytes, lower case hexadecimal
 * @param bytes its size
 */
public record TaskSource(String file, String sha256, long bytes) {}
