package dev.orchestrator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs one command as the program does, and keeps what it prints. */
final class TestCli {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path home;

    TestCli(Path home) {
        this.home = home;
    }

    int run(String name, Object command, String... args) {
        List<String> all = new ArrayList<>(List.of("--home", home.toString(), name));
        all.addAll(List.of(args));
        return new CommandLine(new RootCommand())
                .addSubcommand(name, command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler(ErrorPresenter::badUsage)
                .setExecutionExceptionHandler(ErrorPresenter::failed)
                .execute(all.toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
