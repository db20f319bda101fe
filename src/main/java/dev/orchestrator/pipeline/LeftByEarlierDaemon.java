package dev.orchestrator.pipeline;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.Agents;
import dev.orchestrator.task.AttemptEvent.AttemptFinished;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.Elapsed;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the best of an attempt that an earlier daemon began: what it has paid for is not paid for again. */
final class LeftByEarlierDaemon {
    private static final Logger log = LoggerFactory.getLogger(LeftByEarlierDaemon.class);
    private static final Failure GONE =
            Failure.of(FailureCategory.KILLED, "the run was gone when the orchestrator came back");

    private final Agents agents;
    private final Attempts attempts;
    private final WorkCollector work;
    private final WorkingDirectory workingDirectory;
    private final AttemptEnd end;
    private final EventSink journal;
    private final TimeSource time;

    LeftByEarlierDaemon(
            Agents agents,
            Attempts attempts,
            WorkCollector work,
            WorkingDirectory workingDirectory,
            AttemptEnd end,
            EventSink journal,
            TimeSource time) {
        this.agents = agents;
        this.attempts = attempts;
        this.work = work;
        this.workingDirectory = workingDirectory;
        this.end = end;
        this.journal = journal;
        this.time = time;
    }

    /**
     * The attempt's end is in the journal, but the daemon died before it had drawn the conclusion.
     *
     * @return empty when the agent was done and nobody knows what it said: nothing syncs its output, and a power cut may
     *     have taken it
     */
    Optional<ExecuteStep.Result> conclude(Turn turn, AttemptView decisive) throws IOException {
        Attempt attempt = attempts.again(turn, decisive);
        AgentReport report = agents.of(turn.view().task()).report(attempt.request(), decisive, attempt.observer());
        if (decisive.failure() == null && !report.complete()) {
            log.warn("Task {}: what its agent said is lost; it is asked again.", turn.id());
            return Optional.empty();
        }
        return Optional.of(new ExecuteStep.Result.Done(decisive.failure(), work.of(attempt, report), attempt));
    }

    /**
     * Follows a run to its end, or takes its result when it has ended meanwhile.
     *
     * @param open the attempt whose end is not in the journal
     * @return empty when the run is gone without a result; that is in the journal then
     */
    Optional<ExecuteStep.Result> takeOver(Turn turn, AttemptView open, Cancellation cancellation)
            throws IOException, InterruptedException {
        Attempt attempt = attempts.again(turn, open);
        Optional<AgentResult> result =
                agents.of(turn.view().task()).takeOver(attempt.request(), open, attempt.observer(), cancellation);
        if (result.isPresent()) {
            List<AttemptView> all = turn.view().attempts();
            return Optional.of(end.conclude(attempt, result.get(), all));
        }
        workingDirectory.keepChanges(attempt);
        // Whoever looked for its result has told of it already.
        AgentReport report = agents.of(turn.view().task()).report(attempt.request(), open, new ViolationCollector());
        journal.emit(lost(turn.view(), open, whyGone(open), report));
        return Optional.empty();
    }

    /** Ends what may be at work for {@code open}, whose task is to end without it. */
    void abandon(TaskView view, AttemptView open, Duration grace) throws InterruptedException {
        Agent agent = agents.of(view.task());
        agent.stop(open, grace);
        Turn turn = new Turn(view, ParseStep.abandoned(view, GONE));
        AgentRequest request = attempts.request(turn, open);
        journal.emit(lost(view, open, null, agent.report(request, open, new ViolationCollector())));
    }

    private AttemptFinished lost(TaskView view, AttemptView open, @Nullable Failure failure, AgentReport report) {
        long millis = Elapsed.between(open.startedAt(), time.now()).toMillis();
        return new AttemptFinished(
                view.id(),
                view.turn(),
                open.number(),
                failure,
                true,
                null,
                millis,
                report.numTurns(),
                report.costUsd());
    }

    /** The end of a machine that the orchestrator left in good order before is held against nobody. */
    private static @Nullable Failure whyGone(AttemptView open) {
        return open.wasLeft() ? null : GONE;
    }
}
