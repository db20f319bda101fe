package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import java.io.PrintWriter;
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

    /** For what puts a file into the home: a path that was mistyped must not become one. */
    final Home existingHome() {
        return root.existingHome();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** A mistake in the call. */
    final ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** {@code text} in bold when standard output is a terminal. */
    final String bold(String text) {
        return spec.commandLine().getColorScheme().ansi().enabled() ? "\u001b[1m" + text + "\u001b[0m" : text;
    }
}
