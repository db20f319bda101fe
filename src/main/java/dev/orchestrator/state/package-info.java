/**
 * How everything stands: the fold of the journal, kept in memory by the daemon and in {@code logs/state.json} for whoever
 * starts next. The file can be deleted; it is rebuilt.
 *
 * <p>Read {@link dev.orchestrator.state.StateIndex} first (the fold), then {@link dev.orchestrator.state.StateFile} (the
 * snapshot, and how a reader brings it up to date without the daemon).
 */
@NullMarked
package dev.orchestrator.state;

import org.jspecify.annotations.NullMarked;
