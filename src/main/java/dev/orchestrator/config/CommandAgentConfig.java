package dev.orchestrator.config;

import dev.orchestrator.agent.command.AnswerForm;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An agent that is a program of the user's choice.
 *
 * @param command the program and its arguments; it reads its task from its standard input
 * @param output what it prints
 * @param passEnv names or globs of environment variables that it gets beyond the built-in list
 * @param writable what it may change besides the directory of its task, absolute
 * @param unsandboxed whether it may run where nothing keeps it from anything
 */
public record CommandAgentConfig(
        List<String> command, AnswerForm output, List<String> passEnv, List<Path> writable, boolean unsandboxed) {

    public CommandAgentConfig {
        command = List.copyOf(command);
        passEnv = List.copyOf(passEnv);
        writable = List.copyOf(writable);
    }

    /** All of them, by their names. */
    static Map<String, CommandAgentConfig> all(Values values, Home home) {
        Map<String, CommandAgentConfig> agents = new LinkedHashMap<>();
        Collection<String> names = AgentsSettings.GROUP.names(values.names());
        names.forEach(name -> agents.put(name, from(name, values, home)));
        return Map.copyOf(agents);
    }

    private static CommandAgentConfig from(String name, Values values, Home home) {
        return new CommandAgentConfig(
                values.get(OpenGroup.of(AgentsSettings.COMMAND, name)),
                values.get(OpenGroup.of(AgentsSettings.OUTPUT, name)),
                values.get(OpenGroup.of(AgentsSettings.PASS_ENV, name)),
                values.get(OpenGroup.of(AgentsSettings.WRITABLE, name)).stream()
                        .map(path -> ClaudeConfig.absolute(home, path))
                        .toList(),
                values.get(OpenGroup.of(AgentsSettings.UNSANDBOXED, name)));
    }
}
