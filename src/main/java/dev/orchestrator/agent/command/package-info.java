/**
 * Agents that are programs of the user's choice: their task on the standard input, their answer on the standard output, and in
 * between nobody to be asked, so they are in the sandbox. Read {@link dev.orchestrator.agent.command.CommandAgent} first, then
 * {@link dev.orchestrator.agent.command.Remains} (what a run is judged by).
 */
@NullMarked
package dev.orchestrator.agent.command;

import org.jspecify.annotations.NullMarked;
