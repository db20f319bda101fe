package dev.orchestrator.testkit;

/** What a name leads to. */
sealed interface DiskNode permits DiskFile, DiskDirectory {}
