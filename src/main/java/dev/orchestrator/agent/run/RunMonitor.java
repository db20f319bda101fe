package dev.orchestrator.agent.run;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessTree;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one run: reads what it prints, and ends it when one of its clocks has run out, it prints too much or somebody asks.
 * For one thread.
 *
 * <p>Any output counts as life, also the program's notice that it is trying a request again; whether it counts as work is for
 * {@link Watched} to say.
 */
public final class RunMonitor {
    /**
     * A Ctrl-C in the terminal reaches the agent as well as us, and a machine that goes down ends both; the agent may be
     * faster. An end without a result is explained by ours if that shows within this time.
     */
    private static final Duration SIGNAL_TO_ALL = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(RunMonitor.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** From the end of a process until its exit code is known here. */
    private static final Duration REAP = Duration.ofSeconds(1);

    private final RunningProcess process;
    private final ProcessFamily family;
    private final Watched output;
    private final Clocks clocks;
    private final AgentRequest request;
    private final Cancellation cancellation;
    private final Stopwatch silence;
    private final Stopwatch sinceResult;
    private final Duration left;
    private final Stopwatch sinceHere;
    private boolean hasResult;
    private boolean tooMuch;

    public RunMonitor(
            RunningProcess process,
            ProcessFamily family,
            Watched output,
            AgentRequest request,
            Cancellation cancellation,
            TimeSource time) {
        this.process = process;
        this.family = family;
        this.output = output;
        this.request = request;
        this.clocks = request.clocks();
        this.cancellation = cancellation;
        this.silence = Stopwatch.start(time);
        this.sinceResult = Stopwatch.start(time);
        // From here on without the time of day: it may be set while the run lasts.
        Duration before = Duration.between(request.startedAt(), time.now());
        this.left = clocks.total().minus(before.isNegative() ? Duration.ZERO : before);
        this.sinceHere = Stopwatch.start(time);
    }

    /** Returns when the run is over, or when it is to be left to the next daemon: then empty. */
    public Optional<RunEnd> awaitEnd() throws IOException, InterruptedException {
        while (!process.waitFor(output.isBehind() ? Duration.ZERO : LOOK_EVERY)) {
            family.look();
            look();
            if (cancellation.reason() == Cancellation.Reason.SHUTDOWN_LEAVE) {
                return Optional.empty();
            }
            Optional<RunEnd.Cause> cause = causeToStop();
            if (cause.isPresent()) {
                // One that prints too much would go on with it.
                unended(family.stop(tooMuch ? Duration.ZERO : clocks.stopGrace(), cancellation::isUrgent));
                process.waitFor(REAP);
                return Optional.of(ended(cause.get()));
            }
        }
        leftBehind(family.stopRest(clocks.stopGrace()));
        tooMuch |= output.isTooMuch();
        return Optional.of(ended(RunEnd.Cause.EXITED));
    }

    /** When there is too much of it, the end of what it printed is not read. */
    private RunEnd ended(RunEnd.Cause cause) throws IOException, InterruptedException {
        output.end(tooMuch);
        return new RunEnd(cause == RunEnd.Cause.EXITED ? causeOfEnd() : cause, process.exitCode());
    }

    private RunEnd.Cause causeOfEnd() throws InterruptedException {
        boolean endedWithUs = !output.hasResult() && cancellation.awaitEndNear(SIGNAL_TO_ALL);
        // Whoever cancelled was told that the task is cancelled, also when its agent was faster.
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            return RunEnd.Cause.CANCELLED;
        }
        if (tooMuch && !output.hasResult()) {
            return RunEnd.Cause.TOO_MUCH_OUTPUT;
        }
        return endedWithUs ? RunEnd.Cause.SHUTDOWN : RunEnd.Cause.EXITED;
    }

    private void leftBehind(ProcessTree.Stopped rest) {
        if (rest.asked() > 0) {
            log.warn(
                    "Task {}: its agent ended and left {} processes running; they were stopped, {} of them by force.",
                    request.taskId(),
                    rest.asked(),
                    rest.killed());
        }
        unended(rest);
    }

    private void unended(ProcessTree.Stopped stopped) {
        if (!stopped.alive().isEmpty()) {
            log.warn("Task {}: these processes of its agent cannot be ended: {}", request.taskId(), stopped.alive());
        }
    }

    private void look() throws IOException {
        if (output.look()) {
            silence.restart();
        }
        tooMuch = output.isTooMuch();
        if (!hasResult && output.hasResult()) {
            hasResult = true;
            sinceResult.restart();
        }
    }

    private Optional<RunEnd.Cause> causeToStop() throws IOException {
        Cancellation.Reason asked = cancellation.reason();
        if (asked != null) {
            boolean cancelled = asked == Cancellation.Reason.CANCELLED;
            return Optional.of(cancelled ? RunEnd.Cause.CANCELLED : RunEnd.Cause.SHUTDOWN);
        }
        if (output.isOutOfBounds()) {
            return Optional.of(RunEnd.Cause.OUT_OF_BOUNDS);
        }
        if (hasResult) {
            return tooMuch || sinceResult.reached(clocks.resultGrace())
                    ? Optional.of(RunEnd.Cause.LINGERED)
                    : Optional.empty();
        }
        if (tooMuch) {
            return Optional.of(RunEnd.Cause.TOO_MUCH_OUTPUT);
        }
        if (output.isHopeless()) {
            return Optional.of(RunEnd.Cause.HOPELESS_RETRY);
        }
        if (sinceHere.reached(left)) {
            return Optional.of(RunEnd.Cause.OUT_OF_TIME);
        }
        if (!output.hasStarted() && silence.reached(clocks.startup())) {
            return Optional.of(RunEnd.Cause.SILENT_START);
        }
        if (isSilent()) {
            return Optional.of(RunEnd.Cause.SILENT);
        }
        return output.isStalled() ? Optional.of(RunEnd.Cause.STALLED) : Optional.empty();
    }

    private boolean isSilent() {
        if (!silence.reached(clocks.idle())) {
            return false;
        }
        boolean silent = !output.worksSilently();
        silence.restart();
        return silent;
    }
}
