package dev.orchestrator.config;

/** @param minFree how many bytes must be free for a task to be started; 0 for any */
public record DiskConfig(long minFree) {}
