/**
 * The past, cut down to what statistics need: one short line for each event that counts, beside the journal.
 *
 * <p>Read {@code HistoryFile} (the format, and why no event counts twice) and {@code History} (how it is read) first.
 */
@NullMarked
package dev.orchestrator.history;

import org.jspecify.annotations.NullMarked;
