package dev.orchestrator.config;

/** @param segmentSize size in bytes at which the journal starts a new segment */
public record JournalConfig(long segmentSize) {}
