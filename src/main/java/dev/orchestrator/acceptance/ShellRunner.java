package dev.orchestrator.acceptance;

import dev.orchestrator.acceptance.CommandResult.Outcome;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.sandbox.Sandbox;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.ProcessSpec;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Runs commands in the system's shell, in the sandbox where there is one. */
public final class ShellRunner implements CommandRunner {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long MOST_OUTPUT = 64L * 1024 * 1024;

    private final ProcessRunner processes;
    private final Shell shell;
    private final Enclosing enclosing;
    private final Map<String, String> environment;
    private final TimeSource time;

    /** Puts a command into the sandbox. */
    @FunctionalInterface
    public interface Enclosing {
        Sandbox.Entry enter(List<String> command, Path directory, Map<String, String> environment)
                throws IOException, InterruptedException;
    }

    /**
     * @param own the daemon's environment
     * @param passed which of its secrets the user lets through, by name in capitals
     */
    public ShellRunner(
            ProcessRunner processes,
            Enclosing enclosing,
            Map<String, String> own,
            Predicate<String> passed,
            boolean windows,
            TimeSource time) {
        this.processes = processes;
        this.shell = new Shell(own, windows);
        this.enclosing = enclosing;
        this.environment = CommandEnvironment.of(own, passed);
        this.time = time;
    }

    @Override
    public CommandResult run(Order order, Cancellation cancellation) throws IOException, InterruptedException {
        Map<String, String> seen = new TreeMap<>(environment);
        seen.put(ProcessFamily.MARK, order.mark());
        List<String> command = shell.command(order.command());
        Sandbox.Entry entry = enclosing.enter(command, order.directory(), seen);
        if (entry instanceof Sandbox.Entry.Refused refused) {
            return notStarted(refused.problem());
        }
        PrivateFile.createDirectories(Objects.requireNonNull(order.out().getParent()));
        PrivateFile.create(order.out());
        PrivateFile.create(order.err());
        Stopwatch watch = Stopwatch.start(time);
        Launch launch = processes.start(new ProcessSpec(
                entry instanceof Sandbox.Entry.Enclosed enclosed ? enclosed.command() : command,
                order.directory(),
                seen,
                shell.emptyInput(),
                order.out(),
                order.err()));
        return launch instanceof Launch.Started started
                ? follow(started.process(), order, watch, cancellation)
                : notStarted(((Launch.NotStarted) launch).problem());
    }

    private static CommandResult notStarted(String problem) {
        return new CommandResult(Outcome.NOT_STARTED, null, Duration.ZERO, problem);
    }

    private CommandResult follow(RunningProcess process, Order order, Stopwatch watch, Cancellation cancellation)
            throws IOException, InterruptedException {
        ProcessFamily family = processes.family(process, order.mark(), time);
        Outcome outcome;
        try {
            outcome = awaitEnd(process, family, order, watch, cancellation);
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            family.stop(Duration.ZERO);
            throw e;
        }
        if (outcome == Outcome.GREEN) {
            family.stopRest(GRACE);
        } else {
            family.stop(GRACE, cancellation::isUrgent);
        }
        OptionalInt exit = process.exitCode();
        boolean ended = outcome == Outcome.GREEN;
        Outcome told = ended && (exit.isEmpty() || exit.getAsInt() != 0) ? Outcome.RED : outcome;
        return new CommandResult(
                told,
                ended && exit.isPresent() ? exit.getAsInt() : null,
                watch.elapsed(),
                OutputTail.of(order.out(), order.err()));
    }

    /** Green when it ended by itself, whatever it says. */
    private Outcome awaitEnd(
            RunningProcess process, ProcessFamily family, Order order, Stopwatch watch, Cancellation cancellation)
            throws IOException, InterruptedException {
        while (!process.waitFor(LOOK_EVERY)) {
            family.look();
            if (cancellation.isStopped()) {
                return Outcome.STOPPED;
            }
            if (watch.reached(order.timeout())) {
                return Outcome.TIMEOUT;
            }
            if (Files.size(order.out()) + Files.size(order.err()) > MOST_OUTPUT) {
                return Outcome.FLOOD;
            }
        }
        return Outcome.GREEN;
    }

    @Override
    public void stopLeft(String mark) throws InterruptedException {
        processes.orphans(mark, time).stopRest(GRACE);
    }
}
