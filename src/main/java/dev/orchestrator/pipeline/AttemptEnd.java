package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.TaskEvent.RetryScheduled;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Draws the conclusion from how an attempt ended: the turn is done, or another attempt follows, or it goes on later. */
final class AttemptEnd {
    private static final Failure CANCELLED = new Failure(
            FailureCategory.KILLED, "the task was cancelled", "Drop it again if it is still wanted.", false);

    private final WorkCollector work;
    private final WorkingDirectory workingDirectory;
    private final Supplier<RunLimits> limits;
    private final RetryPolicy retries;
    private final EventSink journal;
    private final TimeSource time;

    AttemptEnd(
            WorkCollector work,
            WorkingDirectory workingDirectory,
            Supplier<RunLimits> limits,
            RetryPolicy retries,
            EventSink journal,
            TimeSource time) {
        this.work = work;
        this.workingDirectory = workingDirectory;
        this.limits = limits;
        this.retries = retries;
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
            journal.commit(attempt.finished(null, true, stopped.report()));
            return new ExecuteStep.Result.NotNow(new Outcome.LeftForNextStart());
        }
        if (result instanceof AgentResult.Cancelled cancelled) {
            journal.emit(attempt.finished(CANCELLED, false, cancelled.report()));
            return new ExecuteStep.Result.Cancelled(work.of(attempt, cancelled.report()));
        }
        return ended(attempt, (AgentResult.Ended) result, all);
    }

    private ExecuteStep.Result ended(Attempt attempt, AgentResult.Ended ended, List<AttemptView> all)
            throws IOException {
        Optional<Failure> failure = Optional.ofNullable(ended.failure());
        Optional<Duration> delay = failure.flatMap(why -> retries.delay(why, all, allowed(attempt)));
        if (failure.isPresent() && delay.isPresent()) {
            return retry(attempt, ended, failure.get(), delay.get());
        }
        journal.emit(attempt.finished(ended.failure(), false, ended.report()));
        return new ExecuteStep.Result.Done(ended.failure(), work.of(attempt, ended.report()));
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
        journal.commit(List.of(
                attempt.failed(failure, ended.report(), notBefore),
                new RetryScheduled(turn.id(), turn.number(), attempt.number(), failure.category(), notBefore)));
        return new ExecuteStep.Result.NotNow(new Outcome.RetryAt(notBefore));
    }
}
