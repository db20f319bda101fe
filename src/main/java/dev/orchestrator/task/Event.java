package dev.orchestrator.task;

/**
 * Something that happened, as the journal records it: about one task ({@link TaskEvent}) or about the daemon
 * ({@link DaemonEvent}). The name under which an event is written is its record's name in snake case, so a record must
 * never be renamed without keeping the old name readable.
 */
public sealed interface Event permits TaskEvent, DaemonEvent {}
