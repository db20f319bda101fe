package dev.orchestrator.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.orchestrator.config.Home;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.view.Severity;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands have in common that are about a home. */
abstract class HomeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RootCommand root;

    final Home home() {
        return root.home();
    }

    /** For what begins a new home, or says that it is not there yet; for all others one that is not there is a mistake. */
    final Home homeOrNew() {
        return root.homeOrNew();
    }

    /** As it is called, such as {@code status}. */
    final String name() {
        return spec.name();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints {@code value} as JSON, one object. */
    final void printJson(Object value) {
        ObjectWriter writer = Json.pretty();
        out().println(new String(Json.bytes(writer, value), StandardCharsets.UTF_8));
    }

    /** A mistake in the call. */
    final ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** {@code text} in bold where there may be colours. */
    final String bold(String text) {
        return isColoured() ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /** {@code text} in the colour of {@code severity} where there may be colours. */
    final String coloured(String text, Severity severity) {
        String colour = switch (severity) {
            case INFO -> "";
            case GOOD -> "32";
            case WARN -> "33";
            case ERROR -> "31";
        };
        return colour.isEmpty() || !isColoured() ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
    }

    /** True when what is printed may have colours. */
    final boolean isColoured() {
        return spec.commandLine().getColorScheme().ansi().enabled();
    }

    /** Reads an id that the user typed; a malformed one is a mistake in the call. */
    final TaskId taskId(String text) {
        try {
            return TaskId.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage("'" + Shown.line(text, 100) + "': " + e.getMessage());
        }
    }
}
