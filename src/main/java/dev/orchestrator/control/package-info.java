/**
 * Commands for the daemon, as files: whoever wants something drops one into {@code tasks/.control/}, and finds the answer in
 * {@code tasks/.control/done/}. So a command survives a restart, needs no socket, and can be given while no daemon runs.
 *
 * <p>Read {@link dev.orchestrator.control.ControlFile} first (the format), then {@link
 * dev.orchestrator.control.ControlInbox} (the daemon's side); {@link dev.orchestrator.control.ControlClient} is the other.
 */
@NullMarked
package dev.orchestrator.control;

import org.jspecify.annotations.NullMarked;
