/**
 * The command line: one class a command. Nothing else prints.
 *
 * <p>Read {@link dev.orchestrator.cli.Cli} first (how a command is found and its exit code decided), then any command.
 */
@NullMarked
package dev.orchestrator.cli;

import org.jspecify.annotations.NullMarked;
