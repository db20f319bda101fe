package dev.orchestrator.history;

import dev.orchestrator.journal.JournalPosition;
import java.time.Instant;

/**
 * One event that counts.
 *
 * @param seq its number in the journal
 * @param after the place in the journal behind it
 */
public record HistoryLine(long seq, JournalPosition after, Instant ts, Fact fact) {}
