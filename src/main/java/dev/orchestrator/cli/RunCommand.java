package dev.orchestrator.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Watches tasks/ and runs what is dropped there, until it is stopped.")
final class RunCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final DaemonRunner daemon;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RootCommand root;

    @Option(names = "--once", description = "Do what is there, then end: with 0 when all of it succeeded.")
    private boolean once;

    @Option(names = "--workers", paramLabel = "N", description = "How many tasks run at the same time.")
    private @Nullable String workers;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any setting, such as claude.timeout=90m. May be given more than once.")
    private Map<String, String> settings = new HashMap<>();

    RunCommand(Map<String, String> environment, DaemonRunner daemon) {
        this.environment = environment;
        this.daemon = daemon;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, String> given = new HashMap<>(settings);
        if (workers != null) {
            given.put("workers", workers);
        }
        DaemonRunner.Request request =
                new DaemonRunner.Request(root.home(), given, environment, once, Optional.empty(), false);
        return code(daemon.run(
                        request,
                        new Messages(
                                spec.commandLine().getOut(), spec.commandLine().getErr())))
                .code();
    }

    private ExitCode code(DaemonRunner.Result result) {
        if (result instanceof DaemonRunner.Result.BadConfiguration bad) {
            throw new CommandFailed(ExitCode.CONFIGURATION, String.join("\n", bad.problems()));
        }
        if (result instanceof DaemonRunner.Result.HomeTaken taken) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    root.home().root() + " is run by " + taken.holder()
                            + ". Stop it first, or use another --home. `status` shows what it does.");
        }
        DaemonRunner.Result.Stopped stopped = (DaemonRunner.Result.Stopped) result;
        spec.commandLine()
                .getOut()
                .println("Stopped: " + stopped.succeeded() + " succeeded, " + stopped.failed() + " failed, "
                        + stopped.unfinished() + " unfinished.");
        return once && stopped.failed() + stopped.unfinished() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private record Messages(PrintWriter out, PrintWriter err) implements DaemonRunner.Listener {
        @Override
        public void note(String text) {
            err.println(text);
        }

        @Override
        public void ready() {
            out.println("Orchestrator is running");
        }
    }
}
