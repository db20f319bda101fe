/**
 * Child processes: starting them with files for pipes, finding them again after the daemon was away, and stopping them
 * with everything they started. Nobody else touches {@link java.lang.ProcessBuilder} or {@link java.lang.ProcessHandle}.
 *
 * <p>Read {@link dev.orchestrator.process.ProcessRunner} first, then {@link dev.orchestrator.process.ProcessFamily}.
 */
@NullMarked
package dev.orchestrator.process;

import org.jspecify.annotations.NullMarked;
