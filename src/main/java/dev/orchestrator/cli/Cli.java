package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.Schemas;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Finds the command and runs it. Only the command that is meant is made known to picocli, which looks at every class it
 * knows: with all of them a {@code status} would spend most of its time on the others.
 */
public final class Cli {
    private static final List<String> NAMES = List.of(
            "run",
            "demo",
            "doctor",
            "submit",
            "create-sample",
            "templates",
            "status",
            "progress",
            "top",
            "show",
            "stats",
            "tail-events",
            "cancel",
            "retry",
            "reply",
            "approve",
            "reject",
            "trust",
            "pause",
            "resume",
            "reload",
            "config",
            "validate-artifacts",
            "reindex",
            "clean",
            "prune",
            "completion");

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final DaemonRunner daemon;
    private final ThreadFactory threads;

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
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.daemon = daemon;
        this.threads = threads;
    }

    /** Runs the command in {@code args} and answers the exit code of the process. */
    public int run(String[] args) {
        Optional<String> lost = ErrorPresenter.lostDirectory(System.getProperty("user.dir", ""));
        if (lost.isPresent()) {
            err.println(lost.get());
            return ExitCode.CONFIGURATION.code();
        }
        return commandLine(meant(args))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(ErrorPresenter::badUsage)
                .setExecutionExceptionHandler(ErrorPresenter::failed)
                .execute(args);
    }

    /** The program with all its commands. */
    CommandLine everything() {
        return commandLine(NAMES);
    }

    private CommandLine commandLine(List<String> names) {
        CommandLine root = new CommandLine(new RootCommand());
        for (String name : names) {
            root.addSubcommand(name, command(name));
        }
        return root;
    }

    /** A switch and not a table of lambdas: those would all be made for the one that is called. */
    private Object command(String name) {
        return switch (name) {
            case "run" -> new RunCommand(environment, daemon);
            case "demo" -> new DemoCommand(environment, daemon);
            case "doctor" -> new DoctorCommand(environment, threads, TimeSource.system());
            case "submit" -> new SubmitCommand(environment, System.in, TimeSource.system());
            case "create-sample" -> new CreateSampleCommand();
            case "templates" -> new TemplatesCommand(environment);
            case "status" -> new StatusCommand(Cli::untilKilled, threads, TimeSource.system(), this::terminal);
            case "progress" -> new ProgressCommand(TimeSource.system());
            case "top" -> new TopCommand(Cli::untilKilled, threads, TimeSource.system(), this::terminal);
            case "show" -> new ShowCommand(environment);
            case "stats" -> new StatsCommand(environment, threads, TimeSource.system());
            case "tail-events" -> new TailEventsCommand(Cli::untilKilled);
            case "cancel" -> new CancelCommand(TimeSource.system());
            case "retry" -> new RetryCommand(TimeSource.system());
            case "reply" -> new ReplyCommand(System.in, TimeSource.system());
            case "approve" -> new ApproveCommand(TimeSource.system());
            case "reject" -> new RejectCommand(TimeSource.system());
            case "trust" -> new TrustCommand(TimeSource.system());
            case "pause" -> new PauseCommand(TimeSource.system());
            case "resume" -> new ResumeCommand(TimeSource.system());
            case "reload" -> new ReloadCommand(TimeSource.system());
            case "config" -> new ConfigCommand(environment);
            case "validate-artifacts" -> new ValidateArtifactsCommand(Schemas::packaged);
            case "clean" -> new CleanCommand(TimeSource.system());
            case "reindex" -> new ReindexCommand();
            case "prune" -> new PruneCommand(TimeSource.system());
            case "completion" -> new CompletionCommand(this::everything);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Terminal terminal() {
        return Terminal.of(environment);
    }

    /** Nothing but the end of the process ends this wait. */
    private static boolean untilKilled(long millis) throws InterruptedException {
        return new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    /** The one command that is named, or all of them when none is, for the help text and for suggestions. */
    private static List<String> meant(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--home")) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return NAMES.contains(args[i]) ? List.of(args[i]) : NAMES;
            }
        }
        return NAMES;
    }
}
