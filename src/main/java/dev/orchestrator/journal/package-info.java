/**
 * {@code logs/events.ndjson}, the truth: everything that happened, one JSON object a line, numbered without gaps. Every
 * other number and picture is a fold of it.
 *
 * <p>Read {@link dev.orchestrator.journal.Journal} first (the one writer and its promise), then
 * {@link dev.orchestrator.journal.JournalReader} (how anybody else reads, across rotation, without a lock).
 */
@NullMarked
package dev.orchestrator.journal;

import org.jspecify.annotations.NullMarked;
