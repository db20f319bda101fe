package dev.orchestrator.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start. Its three streams are files: pipes would die with the daemon, and an open standard input makes some
 * programs wait for ever.
 *
 * @param command the program's path and its arguments; nothing goes through a shell
 * @param environment all of it; nothing is inherited
 * @param stdin an existing file, read to its end
 * @param stdout written from its start
 * @param stderr written from its start
 */
public record ProcessSpec(
        List<String> command, Path directory, Map<String, String> environment, Path stdin, Path stdout, Path stderr) {

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
