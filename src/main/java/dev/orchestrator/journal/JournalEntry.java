package dev.orchestrator.journal;

import dev.orchestrator.task.Event;
import java.time.Instant;

/** One line of the journal. {@code seq} counts from 1 without gaps over all segments. */
public record JournalEntry(long seq, Instant ts, Event event) {}
