package dev.orchestrator.agent.command;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.run.Custody;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.agent.run.RunMonitor;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.NearestName;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a program of the user's choice. Its three streams are files, so a run does not depend on the daemon that started it. It
 * cannot be asked about what it does; so it is in the sandbox, or the user has said that it need not be.
 */
public final class CommandAgent implements Agent {
    /** As much as any agent may print. */
    public static final long MOST_OUTPUT = 1L << 30;

    private final String name;
    private final Supplier<Map<String, CommandOptions>> all;
    private final CommandLauncher launcher;
    private final Custody custody;
    private final CommandResults results;
    private final long mostOutput;
    private final TimeSource time;

    /**
     * @param name under which it is in {@code all}, unless it was taken out of the settings: then what it has begun is still
     *     followed and ended, and nothing is begun
     * @param all agents of this kind that there are now
     * @param mostOutput bytes that a run may print, on its standard output and again on its error output
     * @param redactor hides secrets in what is quoted
     */
    public CommandAgent(
            String name,
            Supplier<Map<String, CommandOptions>> all,
            CommandMachine machine,
            ProcessRunner processes,
            long mostOutput,
            Redactor redactor,
            TimeSource time) {
        this.name = name;
        this.all = all;
        this.launcher = new CommandLauncher(machine, processes);
        this.custody = new Custody(processes, time);
        this.results = new CommandResults(name, redactor, time);
        this.mostOutput = mostOutput;
        this.time = time;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AgentResult run(AgentRequest request, RunObserver observer, Cancellation cancellation)
            throws InterruptedException {
        Cancellation.Reason asked = cancellation.reason();
        if (asked != null) {
            return results.stopped(asked, request);
        }
        CommandOptions options = all.get().get(name);
        if (options == null) {
            return results.refused(unknown(), request);
        }
        try {
            Launch launch = launcher.start(request, options);
            return launch instanceof Launch.Started started
                    ? follow(started.process(), false, request, observer, cancellation)
                    : results.notStarted((Launch.NotStarted) launch, request);
        } catch (ClosedByInterruptException e) {
            throw Custody.interrupted(e);
        } catch (IOException e) {
            return new AgentResult.OwnFilesFailed(e, results.report(request));
        }
    }

    private Failure unknown() {
        Failure failure = Failure.of(
                FailureCategory.CONFIG,
                "there is no agent `" + name + "` in the settings any more, which the task is for");
        String near = NearestName.nearest(name, all.get().keySet())
                .map(other -> ", or drop the task again for `" + other + "`")
                .orElse("");
        return failure.suggesting("Add `agents." + name + ".command` again and `retry` the task" + near + ".");
    }

    @Override
    public Optional<AgentResult> takeOver(
            AgentRequest request, AttemptView attempt, RunObserver observer, Cancellation cancellation)
            throws InterruptedException {
        Optional<RunningProcess> process = custody.find(attempt);
        try {
            if (process.isPresent()) {
                return Optional.of(follow(process.get(), true, request, observer, cancellation));
            }
            custody.stopOrphans(request);
            return results.unseen(request, observer);
        } catch (ClosedByInterruptException e) {
            throw Custody.interrupted(e);
        } catch (IOException e) {
            if (process.isEmpty() && cancellation.reason() != Cancellation.Reason.CANCELLED) {
                // Nothing is at work any more, and what it said is still there: it is read when it can be.
                throw new UncheckedIOException(e);
            }
            return Optional.of(new AgentResult.OwnFilesFailed(e, results.report(request)));
        }
    }

    private AgentResult follow(
            RunningProcess process,
            boolean adopted,
            AgentRequest request,
            RunObserver observer,
            Cancellation cancellation)
            throws IOException, InterruptedException {
        return custody.follow(process, adopted, request, observer, family -> {
            try (CommandRun run = CommandRun.open(request, observer, mostOutput)) {
                Optional<RunEnd> end = new RunMonitor(process, family, run, request, cancellation, time).awaitEnd();
                return end.isPresent() ? results.of(end.get(), request, observer) : new AgentResult.LeftRunning();
            }
        });
    }

    @Override
    public void stop(AttemptView attempt, Duration grace) throws InterruptedException {
        custody.stop(attempt, grace);
    }

    @Override
    public AgentReport report(AgentRequest request, AttemptView attempt, RunObserver observer) {
        return results.report(request);
    }

    /** Nobody knows how any program goes on with what it did before. */
    @Override
    public boolean canResume(AgentRequest request) {
        return false;
    }
}
