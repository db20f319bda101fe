package dev.orchestrator.testkit.disk;

/** What a name leads to. */
sealed interface DiskNode permits DiskFile, DiskDirectory {}
