package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Finds the command and runs it. Only the command that is meant is made known to picocli, which looks at every class it
 * knows: with all of them a {@code status} would spend most of its time on the others.
 */
public final class Cli {
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param environment of this process
     * @param threads for commands that do several things at once
     */
    public Cli(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            DaemonRunner daemon,
            ThreadFactory threads) {
        this.out = out;
        this.err = err;
        commands.put("run", () -> new RunCommand(environment, daemon));
        commands.put("demo", () -> new DemoCommand(environment, daemon));
        commands.put("submit", () -> new SubmitCommand(environment, System.in, TimeSource.system()));
        commands.put("create-sample", () -> new CreateSampleCommand());
        commands.put("doctor", () -> new DoctorCommand(environment, threads, TimeSource.system()));
    }

    /** Runs the command in {@code args} and answers the exit code of the process. */
    public int run(String[] args) {
        CommandLine root = new CommandLine(new RootCommand());
        meant(args).forEach((name, command) -> root.addSubcommand(name, command.get()));
        return root.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(ErrorPresenter::badUsage)
                .setExecutionExceptionHandler(ErrorPresenter::failed)
                .execute(args);
    }

    /** The one command that is named, or all of them when none is, for the help text and for suggestions. */
    private Map<String, Supplier<Object>> meant(String[] args) {
        for (String arg : args) {
            Supplier<Object> command = commands.get(arg);
            if (command != null) {
                return Map.of(arg, command);
            }
        }
        return commands;
    }
}
