package dev.orchestrator.agent.command;

import java.nio.file.Path;
import java.util.List;

/**
 * How a program is started that is an agent, from the settings.
 *
 * @param command the program and its arguments
 * @param passEnv names or globs of further environment variables that it may see
 * @param writable what it may change besides the directory of its task
 * @param unsandboxed whether nothing is to keep it from anything
 */
public record CommandOptions(
        List<String> command, AnswerForm form, List<String> passEnv, List<Path> writable, boolean unsandboxed) {

    public CommandOptions {
        command = List.copyOf(command);
        passEnv = List.copyOf(passEnv);
        writable = List.copyOf(writable);
    }
}
