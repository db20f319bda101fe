package dev.orchestrator.agent.claude;

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
 * {@link Progress} to say.
 */
final class RunMonitor {
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
    private final StreamTail stream;
    private final Transcript transcript;
    private final GuardedRun guarded;
    private final Progress progress;
    private final OutputLimit limit;
    private final Clocks clocks;
    private final AgentRequest request;
    private final Cancellation cancellation;
    private final Stopwatch silence;
    private final Stopwatch sinceResult;
    private final Duration left;
    private final Stopwatch sinceHere;
    private boolean hasResult;
    private boolean tooMuch;

    RunMonitor(
            RunningProcess process,
            ProcessFamily family,
            RunOutput output,
            AgentRequest request,
            Cancellation cancellation,
            TimeSource time) {
        this.process = process;
        this.family = family;
        this.stream = output.stream();
        this.transcript = output.transcript();
        this.guarded = output.guarded();
        this.progress = output.progress();
        this.limit = output.limit();
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
    Optional<RunEnd> awaitEnd() throws IOException, InterruptedException {
        while (!process.waitFor(stream.isBehind() ? Duration.ZERO : LOOK_EVERY)) {
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
        tooMuch |= limit.isExceededBy(stream);
        return Optional.of(ended(RunEnd.Cause.EXITED));
    }

    /** When there is too much of it, the end of what it printed is not read. */
    private RunEnd ended(RunEnd.Cause cause) throws IOException, InterruptedException {
        guarded.look();
        if (tooMuch) {
            limit.cut();
        } else {
            stream.readToEnd();
        }
        return new RunEnd(cause == RunEnd.Cause.EXITED ? causeOfEnd() : cause, process.exitCode());
    }

    private RunEnd.Cause causeOfEnd() throws InterruptedException {
        boolean endedWithUs = transcript.result().isEmpty() && cancellation.awaitEndNear(SIGNAL_TO_ALL);
        // Whoever cancelled was told that the task is cancelled, also when its agent was faster.
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            return RunEnd.Cause.CANCELLED;
        }
        if (tooMuch && transcript.result().isEmpty()) {
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
        guarded.look();
        if (stream.readOn()) {
            silence.restart();
        }
        if (!stream.isBehind()) {
            guarded.caughtUp();
        }
        tooMuch = limit.isExceededBy(stream);
        if (!hasResult && transcript.result().isPresent()) {
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
        if (guarded.isToStop()) {
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
        // While there is more to read, the request may have come off since.
        if (!stream.isBehind()
                && transcript.apiRetry().flatMap(RetryFailure::hopeless).isPresent()) {
            return Optional.of(RunEnd.Cause.HOPELESS_RETRY);
        }
        if (sinceHere.reached(left)) {
            return Optional.of(RunEnd.Cause.OUT_OF_TIME);
        }
        if (!transcript.started() && silence.reached(clocks.startup())) {
            return Optional.of(RunEnd.Cause.SILENT_START);
        }
        if (silence.reached(clocks.idle())) {
            return Optional.of(RunEnd.Cause.SILENT);
        }
        return progress.isStalled() ? Optional.of(RunEnd.Cause.STALLED) : Optional.empty();
    }
}
