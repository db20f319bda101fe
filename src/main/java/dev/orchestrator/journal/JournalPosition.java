package dev.orchestrator.journal;

/**
 * A place between two lines of the journal.
 *
 * @param segment number of the segment, from 1; 0 stands for "before the first"
 * @param offset bytes from the start of the segment
 */
public record JournalPosition(long segment, long offset) {
    /** Before everything. */
    public static final JournalPosition START = new JournalPosition(0, 0);
}
