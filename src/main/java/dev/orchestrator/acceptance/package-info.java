/**
 * The commands by which a task's user knows that it is done: run by the orchestrator when the agent says that it is. Read {@link
 * dev.orchestrator.acceptance.CommandRunner} first.
 */
@NullMarked
package dev.orchestrator.acceptance;

import org.jspecify.annotations.NullMarked;
