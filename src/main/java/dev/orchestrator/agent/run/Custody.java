package dev.orchestrator.agent.run;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.ProcessTree;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the processes of runs in hand: finds them again after a restart, and ends what is at work for a run that nobody can
 * follow, or that is over. Thread-safe.
 */
public final class Custody {
    private static final Logger log = LoggerFactory.getLogger(Custody.class);

    private final ProcessRunner processes;
    private final TimeSource time;

    public Custody(ProcessRunner processes, TimeSource time) {
        this.processes = processes;
        this.time = time;
    }

    /** Follows a run to its end. */
    @FunctionalInterface
    public interface Following {
        AgentResult follow(ProcessFamily family) throws IOException, InterruptedException;
    }

    /** The process of {@code attempt}, when it is still there. */
    public Optional<RunningProcess> find(AttemptView attempt) {
        AttemptView.Run run = attempt.run();
        if (run != null && run.processStartedAt() != null) {
            return processes.find(run.pid(), run.processStartedAt(), attempt.sessionId());
        }
        // The daemon died between starting the process and writing down its pid; the session id is on its command line.
        return processes.findByArgument(attempt.sessionId());
    }

    /** Ends whatever is at work for {@code attempt}. */
    public void stop(AttemptView attempt, Duration grace) throws InterruptedException {
        Optional<RunningProcess> process = find(attempt);
        if (process.isPresent()) {
            processes.family(process.get(), attempt.sessionId(), time).stop(grace);
        } else {
            processes.orphans(attempt.sessionId(), time).stopRest(grace);
        }
    }

    /** What the run started may have outlived it while nobody looked, and would be at work beside the next attempt. */
    public void stopOrphans(AgentRequest request) throws InterruptedException {
        ProcessTree.Stopped orphans = processes
                .orphans(request.sessionId(), time)
                .stopRest(request.clocks().stopGrace());
        if (orphans.asked() > 0) {
            log.warn(
                    "Task {}: {} processes of its run were still there though the run has ended; they were stopped.",
                    request.taskId(),
                    orphans.asked());
        }
    }

    /** A run that cannot be followed is stopped: nobody would stop it in time, and it would work beside its successor. */
    public AgentResult follow(
            RunningProcess process, boolean adopted, AgentRequest request, RunObserver observer, Following following)
            throws IOException, InterruptedException {
        ProcessFamily family = processes.family(process, request.sessionId(), time);
        try {
            observer.started(process.pid(), process.startedAt().orElse(null), adopted);
            return following.follow(family);
        } catch (ClosedByInterruptException e) {
            // Whoever was interrupted takes it up again.
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            family.stop(request.clocks().stopGrace());
            throw e;
        }
    }

    /** Files close themselves under a thread that is interrupted; nothing is wrong with them. */
    public static InterruptedException interrupted(ClosedByInterruptException e) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("while a run was followed");
        interrupted.initCause(e);
        return interrupted;
    }
}
