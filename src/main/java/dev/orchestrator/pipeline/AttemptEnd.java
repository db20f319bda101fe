package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.task.AttemptEvent.PausedByLimit;
import dev.orchestrator.task.AttemptEvent.RetryScheduled;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.TaskEvent.TaskDeferred;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws the conclusion from how an attempt ended: the turn is done, or another attempt follows, or it goes on later. */
final class AttemptEnd {
    private static final Logger log = LoggerFactory.getLogger(AttemptEnd.class);
    private static final Failure CANCELLED = new Failure(
            FailureCategory.KILLED, "the task was cancelled", "Drop it again if it is still wanted.", false);

    private final WorkCollector work;
    private final WorkingDirectory workingDirectory;
    private final Supplier<RunLimits> limits;
    private final RetryPolicy retries;
    private final Dispatch dispatch;
    private final EventSink journal;
    private final TimeSource time;

    AttemptEnd(
            WorkCollector work,
            WorkingDirectory workingDirectory,
            Supplier<RunLimits> limits,
            RetryPolicy retries,
            Dispatch dispatch,
            EventSink journal,
            TimeSource time) {
        this.work = work;
        this.workingDirectory = workingDirectory;
        this.limits = limits;
        this.retries = retries;
        this.dispatch = dispatch;
        this.journal = journal;
        this.time = time;
    }

    /** @param all attempts of the turn as they are known, {@code attempt} among them */
    ExecuteStep.Result conclude(Attempt attempt, AgentResult result, List<AttemptView> all) throws IOException {
        if (result instanceof AgentResult.LeftRunning) {
            return new ExecuteStep.Result.NotNow(new Outcome.LeftForNextStart());
        }
        if (result instanceof AgentResult.StoppedForShutdown stopped) {
            workingDirectory.keepChanges(attempt);
            Turn turn = attempt.turn();
            journal.commit(List.of(
                    attempt.finished(null, true, stopped.report()),
                    new TaskDeferred(turn.id(), turn.number(), "stopped with the orchestrator", time.now())));
            return new ExecuteStep.Result.NotNow(new Outcome.LeftForNextStart());
        }
        if (result instanceof AgentResult.OwnFilesFailed failed) {
            return ownFilesFailed(attempt, failed, all);
        }
        if (result instanceof AgentResult.Cancelled cancelled) {
            journal.emit(attempt.finished(CANCELLED, false, cancelled.report()));
            return new ExecuteStep.Result.Cancelled(work.of(attempt, cancelled.report()));
        }
        return ended(attempt, (AgentResult.Ended) result, all);
    }

    /** When all tasks suffer from it, the attempt is lost and no fault of the task; else there is something about the task. */
    private ExecuteStep.Result ownFilesFailed(Attempt attempt, AgentResult.OwnFilesFailed failed, List<AttemptView> all)
            throws IOException {
        if (dispatch.ownFilesFailed(failed.problem())) {
            journal.emit(attempt.finished(null, true, failed.report()));
            throw failed.problem();
        }
        Failure failure = Failure.of(
                        FailureCategory.INTERNAL, "the files of the run cannot be written or read: " + failed.problem())
                .suggesting("Make sure that " + attempt.request().files().directory() + " can be written.");
        return ended(attempt, new AgentResult.Ended(failure, failed.report()), all);
    }

    private ExecuteStep.Result ended(Attempt attempt, AgentResult.Ended ended, List<AttemptView> all)
            throws IOException {
        Optional<Failure> failure = Optional.ofNullable(ended.failure());
        if (failure.isEmpty()) {
            // An agent may come to its end without a word before.
            dispatch.succeeded(attempt.turn().id());
        }
        Optional<Dispatch.Parked> parked = failure.flatMap(why -> dispatch.failed(
                attempt.turn().view().task(), why, ended.limit(), ended.report().model(), attempt.capped()));
        if (failure.isPresent() && parked.isPresent()) {
            return park(attempt, ended, failure.get(), parked.get());
        }
        Optional<Duration> delay = failure.filter(why -> why.category().consumesAttempt())
                .flatMap(why -> retries.delay(
                        why,
                        with(all, attempt, ended),
                        allowed(attempt),
                        limits.get().outage()));
        if (failure.isPresent() && delay.isPresent()) {
            return retry(attempt, ended, failure.get(), delay.get());
        }
        journal.emit(attempt.finished(ended.failure(), false, ended.report()));
        return new ExecuteStep.Result.Done(ended.failure(), work.of(attempt, ended.report()), attempt);
    }

    /** {@code all}, of which {@code attempt} has ended now. */
    private List<AttemptView> with(List<AttemptView> all, Attempt attempt, AgentResult.Ended ended) {
        Failure failure = ended.failure();
        boolean excused = failure != null && isExcused(attempt, failure);
        AttemptView.End end =
                new AttemptView.End(time.now(), failure, false, ended.report().costUsd(), excused);
        return all.stream()
                .map(each -> each.number() == attempt.number() ? each.ended(end) : each)
                .toList();
    }

    /** The task waits at the gate with everybody else, and the attempt does not count. */
    private ExecuteStep.Result park(Attempt attempt, AgentResult.Ended ended, Failure failure, Dispatch.Parked parked)
            throws IOException {
        workingDirectory.keepChanges(attempt);
        Turn turn = attempt.turn();
        Instant earliest = parked.earliest();
        Event waits = parked.window() == null
                ? new RetryScheduled(turn.id(), turn.number(), attempt.number(), failure.category(), earliest)
                : new PausedByLimit(turn.id(), turn.number(), attempt.number(), parked.window(), parked.until());
        journal.commit(List.of(attempt.failed(failure, ended.report(), earliest, true), waits));
        return new ExecuteStep.Result.NotNow(new Outcome.RetryAt(earliest));
    }

    /** One from outside that came before anything was paid for. */
    private boolean isExcused(Attempt attempt, Failure failure) {
        return !limits.get().outage().isZero()
                && failure.category().isFromOutside()
                && !attempt.observer().hasAnswered();
    }

    private int allowed(Attempt attempt) {
        Integer wished = attempt.turn().view().task().spec().retries();
        return wished == null ? limits.get().retries() : wished;
    }

    private ExecuteStep.Result retry(Attempt attempt, AgentResult.Ended ended, Failure failure, Duration delay)
            throws IOException {
        workingDirectory.keepChanges(attempt);
        Instant notBefore = time.now().plus(delay);
        Turn turn = attempt.turn();
        boolean excused = isExcused(attempt, failure);
        if (excused) {
            log.warn(
                    "Task {}: {}. It is tried again at {}, and so on for {} h at most (`limits.outage`), at no cost; `resume` tries"
                            + " at once.",
                    turn.id(),
                    failure.message(),
                    notBefore,
                    limits.get().outage().toHours());
        }
        journal.commit(List.of(
                attempt.failed(failure, ended.report(), notBefore, excused),
                new RetryScheduled(turn.id(), turn.number(), attempt.number(), failure.category(), notBefore)));
        return new ExecuteStep.Result.NotNow(new Outcome.RetryAt(notBefore));
    }
}
