package dev.orchestrator.cli;

import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Option;

/** What the commands have in common that answer from files, with the daemon up or down. */
abstract class ReadCommand extends HomeCommand {
    /** Of what {@code --json} prints, where it is no file of the home. */
    static final String SCHEMA_VERSION = "1.0";

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    boolean asJson() {
        return json;
    }

    /** Prints {@code value} as JSON, one object. */
    void print(Object value) {
        printJson(value);
    }

    /** For a task of which nothing is there: what became of it when it was removed, else {@code unknown}. */
    final CommandFailed absent(TaskId task, String unknown) {
        try {
            return failed(new Tombstones(home())
                    .find(task)
                    .map(stone -> stone.told("shown"))
                    .orElse(unknown));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }
}
