package dev.orchestrator.agent.claude;

import dev.orchestrator.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the program. Asked anew for every run, since the user may install or move it while the daemon runs.
 *
 * <p>On Windows npm puts a {@code claude.cmd} on the path. It is never run: a batch file goes through {@code cmd.exe}, which
 * reads our arguments a second time. The real program lies beside it and is taken instead.
 */
public final class ClaudeProgram {
    private static final String NPM_LAYOUT = "node_modules/@anthropic-ai/claude-code/bin/claude.exe";

    private final Programs programs;

    public ClaudeProgram(Programs programs) {
        this.programs = programs;
    }

    /** What came of looking. */
    public sealed interface Search {
        record Found(Path program) implements Search {}

        /** @param problem what is wrong, for a person */
        record Missing(String problem) implements Search {}
    }

    /** @param command a name or a path */
    public Search find(String command) {
        Optional<Path> found = programs.find(command);
        if (found.isEmpty()) {
            return new Search.Missing("there is no program `" + command + "` on the PATH");
        }
        Path program = found.get();
        return isBatch(program) ? besideBatch(program) : new Search.Found(program);
    }

    private static Search besideBatch(Path batch) {
        Path real = batch.resolveSibling(NPM_LAYOUT);
        return Files.isRegularFile(real)
                ? new Search.Found(real)
                : new Search.Missing(batch + " is a batch file, which is not safe to run with arguments; set"
                        + " `claude.command` to claude.exe");
    }

    private static boolean isBatch(Path program) {
        String name = program.toString().toLowerCase(Locale.ROOT);
        return List.of(".cmd", ".bat").stream().anyMatch(name::endsWith);
    }
}
