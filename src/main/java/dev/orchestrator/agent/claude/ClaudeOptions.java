package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.run.RunEnvironment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the program is started, from the settings.
 *
 * @param name of the agent, as it appears in events and artifacts
 * @param command name or path of the program
 * @param arguments that go before all others, for a program that needs some to start
 * @param passEnv names or globs of further environment variables that the agent may see
 * @param configDir where the program keeps its settings and sessions; null for its default
 * @param mostOutput bytes that a run may print, on its standard output and again on its error output
 */
public record ClaudeOptions(
        String name,
        String command,
        List<String> arguments,
        List<String> passEnv,
        @Nullable Path configDir,
        long mostOutput) {
    /** Far more than a day of work with many images in it, and little enough for any disk. */
    private static final long MOST_OUTPUT = 1L << 30;

    public ClaudeOptions {
        arguments = List.copyOf(arguments);
        passEnv = List.copyOf(passEnv);
    }

    /** One that may print as much as any. */
    public ClaudeOptions(
            String name, String command, List<String> arguments, List<String> passEnv, @Nullable Path configDir) {
        this(name, command, arguments, passEnv, configDir, MOST_OUTPUT);
    }

    /** Whether a variable is let through by name; {@code name} in capitals. */
    public static boolean passes(List<String> passEnv, String name) {
        return RunEnvironment.anyOf(passEnv).matcher(name).matches();
    }

    /** The Claude Code CLI itself. */
    public ClaudeOptions(String command, List<String> arguments, List<String> passEnv, @Nullable Path configDir) {
        this("claude", command, arguments, passEnv, configDir);
    }
}
