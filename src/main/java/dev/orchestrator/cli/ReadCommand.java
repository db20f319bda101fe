package dev.orchestrator.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.orchestrator.config.Home;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.TaskId;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands have in common that answer from files, with the daemon up or down. */
abstract class ReadCommand implements java.util.concurrent.Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RootCommand root;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    Home home() {
        return root.home();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

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

    ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** {@code text} in bold when standard output is a terminal. */
    String bold(String text) {
        return spec.commandLine().getColorScheme().ansi().enabled() ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }
}
