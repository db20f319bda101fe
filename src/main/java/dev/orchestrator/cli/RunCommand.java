package dev.orchestrator.cli;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Watches tasks/ and runs what is dropped there, until it is stopped.")
final class RunCommand extends HomeCommand {
    private final Map<String, String> environment;
    private final DaemonRunner daemon;

    @Option(
            names = "--once",
            description =
                    "Do what is there, then end: with 0 when all of it succeeded, 1 when not or a file was not taken,"
                            + " 4 when nothing is wrong but that there is no agent to do what is left.")
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
                new DaemonRunner.Request(homeOrNew(), given, environment, once, Optional.empty(), false);
        return code(daemon.run(request, new Messages(out(), err()))).code();
    }

    private ExitCode code(DaemonRunner.Result result) {
        if (result instanceof DaemonRunner.Result.BadConfiguration bad) {
            throw new CommandFailed(ExitCode.CONFIGURATION, String.join("\n", bad.problems()));
        }
        if (result instanceof DaemonRunner.Result.HomeTaken taken) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    homeOrNew().root() + " is run by " + taken.holder()
                            + ". Stop it first, or use another --home. `status` shows what it does.");
        }
        if (result instanceof DaemonRunner.Result.HomeLost) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    "logs/ of " + homeOrNew().root()
                            + " was moved or removed, and with it what this daemon knew and its lock."
                            + " It ended at once; its agents go on. Put logs/ back before you start it again: without it"
                            + " nobody knows what was done.");
        }
        DaemonRunner.Result.Stopped stopped = (DaemonRunner.Result.Stopped) result;
        tell(stopped);
        if (!once || stopped.allSucceeded()) {
            return ExitCode.DONE;
        }
        return stopped.onlyAgentMissing() ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    }

    private void tell(DaemonRunner.Result.Stopped stopped) {
        String cancelled = stopped.ended(TaskStatus.CANCELLED) == 0
                ? ""
                : ", " + stopped.ended(TaskStatus.CANCELLED) + " cancelled";
        out().println("Stopped: " + stopped.succeeded() + " succeeded, " + stopped.ended(TaskStatus.FAILED) + " failed"
                + cancelled + ", " + stopped.unfinished() + " unfinished, " + stopped.rejected() + " rejected.");
        if (!stopped.leftRunning().isEmpty()) {
            out().println("Agents go on without a daemon, and the next one takes them over: "
                    + stopped.leftRunning().stream().map(TaskId::value).collect(Collectors.joining(", ")) + ".");
        }
        if (stopped.unfinished() > 0) {
            stopped.holds().forEach(hold -> out().println(Shown.hold(hold)));
        }
        if (stopped.rejected() > 0) {
            out().println("Correct rejected files where they lie, in tasks/rejected/, with the reason beside each.");
        }
        stopped.notTaken()
                .forEach(file -> out().println(Shown.safe(file)
                        + " could not be taken in and stays; logs/orchestrator.log says why and what to do."));
    }

    private record Messages(PrintWriter out, PrintWriter err) implements DaemonRunner.Listener {
        @Override
        public void note(String text) {
            err.println(Shown.safe(text));
        }

        @Override
        public void ready() {
            out.println("Orchestrator is running");
        }
    }
}
