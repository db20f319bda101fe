/**
 * What a command line would run, and whether a task may run it. Pure: text in, answer out.
 *
 * <p>Read {@link dev.orchestrator.guard.shell.ShellScript} first (a command line is understood completely or not at all),
 * then {@link dev.orchestrator.guard.shell.CommandRules} (which commands the rules of a task grant).
 *
 * <p>Everything in here errs on one side: a command line that is refused costs a detour, one that is granted by mistake
 * costs a machine.
 */
@NullMarked
package dev.orchestrator.guard.shell;

import org.jspecify.annotations.NullMarked;
