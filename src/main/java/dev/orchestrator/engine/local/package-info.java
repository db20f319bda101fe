/**
 * The engine of one machine: a queue in memory that is rebuilt from the journal, and a pool of workers.
 *
 * <p>Read {@link dev.orchestrator.engine.local.LocalEngine} first, then {@code TaskQueue} (which task is next, and why).
 */
@NullMarked
package dev.orchestrator.engine.local;

import org.jspecify.annotations.NullMarked;
