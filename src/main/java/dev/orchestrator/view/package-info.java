/**
 * The read side: answers from files alone, with the daemon up or down, taking no lock and leaving no trace.
 *
 * <p>Read {@link dev.orchestrator.view.DaemonInfo} (is it running?) and {@code StatusQuery} first.
 */
@NullMarked
package dev.orchestrator.view;

import org.jspecify.annotations.NullMarked;
