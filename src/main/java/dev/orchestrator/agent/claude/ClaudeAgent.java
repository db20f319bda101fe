package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.run.Custody;
import dev.orchestrator.agent.run.LineFramer;
import dev.orchestrator.agent.run.OutputLimit;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.agent.run.RunMonitor;
import dev.orchestrator.agent.run.StreamTail;
import dev.orchestrator.guard.project.Standing;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs the Claude Code CLI. Everything it prints goes straight to files, so a run does not depend on the daemon that
 * started it: it can be followed from its files at any time, by any daemon.
 */
public final class ClaudeAgent implements Agent {
    /** Lines beyond this carry images or whole files and are not needed to follow a run. */
    private static final int LONGEST_LINE = 16 * 1024 * 1024;

    private final Supplier<ClaudeOptions> options;
    private final RunGuard guard;
    private final ClaudeLauncher launcher;
    private final Custody custody;
    private final Results results;
    private final Redactor redactor;
    private final TimeSource time;

    /**
     * @param environment the daemon's own, of which a run sees a part
     * @param guard who sees to it that a run keeps within bounds
     * @param redactor hides secrets in texts that are cut
     */
    public ClaudeAgent(
            Supplier<ClaudeOptions> options,
            ClaudeProgram programs,
            ProcessRunner processes,
            Map<String, String> environment,
            RunGuard guard,
            Redactor redactor,
            TimeSource time) {
        this.options = options;
        this.guard = guard;
        this.launcher = new ClaudeLauncher(
                options,
                programs,
                new ClaudeSettings(guard::own),
                guard.confinement(),
                processes,
                environment,
                guard.copies());
        this.custody = new Custody(processes, time);
        this.results = new Results(time, ZoneId.systemDefault(), redactor);
        this.redactor = redactor;
        this.time = time;
    }

    @Override
    public String name() {
        return options.get().name();
    }

    @Override
    public AgentResult run(AgentRequest request, RunObserver observer, Cancellation cancellation)
            throws InterruptedException {
        Cancellation.Reason asked = cancellation.reason();
        if (asked != null) {
            return results.stopped(asked, request);
        }
        Transcript transcript = new Transcript();
        Standing project = guard.project(request);
        try (RunGuard.Guarded guarded = guard.begin(request, project, observer)) {
            Follower follower = follower(observer, guarded.run(), 0, cancellation);
            transcript = follower.transcript();
            Launch launch = launcher.start(request, guard.secrets(), guarded.address(), project);
            if (launch instanceof Launch.NotStarted failed) {
                return results.notStarted(failed, request);
            }
            return follow(((Launch.Started) launch).process(), false, request, follower);
        } catch (ClosedByInterruptException e) {
            throw Custody.interrupted(e);
        } catch (IOException e) {
            return results.filesFailed(e, request, transcript);
        }
    }

    @Override
    public Optional<AgentResult> takeOver(
            AgentRequest request, AttemptView attempt, RunObserver observer, Cancellation cancellation)
            throws InterruptedException {
        Transcript transcript = new Transcript();
        Optional<RunningProcess> process = custody.find(attempt);
        try (RunGuard.Guarded guarded =
                process.isPresent() ? guard.again(request, observer) : guard.over(request, observer)) {
            Follower follower =
                    follower(observer, guarded.run(), attempt.counts().toolCalls(), cancellation);
            transcript = follower.transcript();
            if (process.isPresent()) {
                return Optional.of(follow(process.get(), true, request, follower));
            }
            custody.stopOrphans(request);
            guarded.run().look();
            return Files.exists(request.files().stream())
                    ? resultOnDisk(request, transcript, guarded.run())
                    : Optional.empty();
        } catch (ClosedByInterruptException e) {
            throw Custody.interrupted(e);
        } catch (IOException e) {
            if (process.isEmpty() && cancellation.reason() != Cancellation.Reason.CANCELLED) {
                // Nothing is at work any more, and what it said is still there: it is read when it can be.
                throw new UncheckedIOException(e);
            }
            return Optional.of(results.filesFailed(e, request, transcript));
        }
    }

    @Override
    public void stop(AttemptView attempt, Duration grace) throws InterruptedException {
        custody.stop(attempt, grace);
    }

    @Override
    public AgentReport report(AgentRequest request, AttemptView attempt, RunObserver observer) {
        Transcript transcript = new Transcript();
        try {
            GuardedRun guarded = guard.over(request, observer).run();
            guarded.look();
            transcript = new Transcript(observer, attempt.counts().toolCalls(), guarded, redactor);
            try (StreamTail stream = tail(request, transcript)) {
                stream.readToEnd();
            }
        } catch (IOException e) {
            // The record is gone; what is left is in the journal.
        }
        return results.report(request, transcript);
    }

    @Override
    public boolean canResume(AgentRequest request) {
        Transcript transcript = new Transcript();
        try (StreamTail stream = tail(request, transcript)) {
            stream.readToEnd();
            // Before the first answer the program has put nothing down that it could go on from.
            return transcript.answered();
        } catch (IOException e) {
            return false;
        }
    }

    /** Who wants to hear of a run and who may stop it, with what is known of it. */
    private record Follower(
            RunObserver observer, GuardedRun guarded, Transcript transcript, Cancellation cancellation) {}

    private Follower follower(RunObserver observer, GuardedRun guarded, int alreadyTold, Cancellation cancellation) {
        return new Follower(observer, guarded, new Transcript(observer, alreadyTold, guarded, redactor), cancellation);
    }

    private AgentResult follow(RunningProcess process, boolean adopted, AgentRequest request, Follower follower)
            throws IOException, InterruptedException {
        return custody.follow(
                process, adopted, request, follower.observer(), family -> watch(process, family, request, follower));
    }

    private AgentResult watch(RunningProcess process, ProcessFamily family, AgentRequest request, Follower follower)
            throws IOException, InterruptedException {
        Transcript transcript = follower.transcript();
        try (StreamTail stream = tail(request, transcript)) {
            Progress progress = new Progress(
                    transcript, follower.observer(), request.clocks().idle(), time);
            OutputLimit limit = new OutputLimit(
                    request.files().stream(),
                    request.files().stderr(),
                    options.get().mostOutput());
            RunOutput output = new RunOutput(stream, transcript, follower.guarded(), progress, limit);
            Optional<RunEnd> end =
                    new RunMonitor(process, family, output, request, follower.cancellation(), time).awaitEnd();
            return end.isEmpty()
                    ? new AgentResult.LeftRunning()
                    : results.of(end.get(), request, transcript, follower.guarded());
        }
    }

    private Optional<AgentResult> resultOnDisk(AgentRequest request, Transcript transcript, GuardedRun guarded)
            throws IOException {
        try (StreamTail stream = tail(request, transcript)) {
            stream.readToEnd();
        }
        return transcript.result().isPresent()
                ? Optional.of(results.unseen(request, transcript, guarded))
                : Optional.empty();
    }

    private StreamTail tail(AgentRequest request, Transcript transcript) throws IOException {
        return StreamTail.open(
                request.files().stream(),
                new LineFramer(LONGEST_LINE, transcript::line),
                options.get().mostOutput());
    }
}
