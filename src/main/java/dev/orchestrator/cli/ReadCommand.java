package dev.orchestrator.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.TaskId;
import java.nio.charset.StandardCharsets;
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
        ObjectWriter writer = Json.pretty();
        out().println(new String(Json.bytes(writer, value), StandardCharsets.UTF_8));
    }

    /** Reads an id that the user typed; a malformed one is a mistake in the call. */
    TaskId taskId(String text) {
        try {
            return TaskId.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage("'" + Shown.line(text, 100) + "': " + e.getMessage());
        }
    }

    static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }
}
