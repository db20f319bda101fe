package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.task.AttemptEvent.AttemptFinished;
import dev.orchestrator.task.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One start of the agent for a turn.
 *
 * @param before how the working directory stood before it
 * @param capped true when it may cost less than its own limit and its task's share would let it
 * @param setAside as {@link Dispatch.Allowance#setAside}
 */
record Attempt(
        Turn turn,
        int number,
        AgentRequest request,
        AttemptObserver observer,
        WorkingDirectory.Before before,
        boolean capped,
        @Nullable BigDecimal setAside) {

    /** The event of its end, when it decided or was lost. */
    AttemptFinished finished(@Nullable Failure failure, boolean lost, AgentReport report) {
        return finished(failure, lost, report, null, false);
    }

    /**
     * The event of its end, when another attempt follows at {@code retryAt} or later.
     *
     * @param excused as {@link AttemptFinished#excused}
     */
    AttemptFinished failed(Failure failure, AgentReport report, Instant retryAt, boolean excused) {
        return finished(failure, false, report, retryAt, excused);
    }

    private AttemptFinished finished(
            @Nullable Failure failure, boolean lost, AgentReport report, @Nullable Instant retryAt, boolean excused) {
        return new AttemptFinished(
                turn.id(),
                turn.number(),
                number,
                failure,
                lost,
                report.exitCode(),
                report.duration().toMillis(),
                report.numTurns(),
                report.costUsd(),
                retryAt,
                excused ? true : null);
    }
}
