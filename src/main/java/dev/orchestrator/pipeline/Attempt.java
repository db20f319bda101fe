package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskEvent.AttemptFinished;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One start of the agent for a turn.
 *
 * @param before how the working directory stood before it
 * @param capped true when it may cost less than its own limit says
 * @param again true when an earlier daemon started it, so that its request is only what would be asked for now
 */
record Attempt(
        Turn turn,
        int number,
        AgentRequest request,
        AttemptObserver observer,
        WorkingDirectory.Before before,
        boolean capped,
        boolean again) {

    /**
     * Whether it was held to what was left for all tasks. Of one that an earlier daemon started nobody knows: there it
     * shows in that it spent less than its own limit, or had none.
     */
    boolean isCapped(AgentReport report) {
        BigDecimal own = request.maxBudgetUsd();
        boolean spentLess =
                own == null || (report.costUsd() != null && report.costUsd().compareTo(own) < 0);
        return capped || (again && spentLess);
    }

    /** The event of its end, when it decided or was lost. */
    AttemptFinished finished(@Nullable Failure failure, boolean lost, AgentReport report) {
        return finished(failure, lost, report, null);
    }

    /** The event of its end, when another attempt follows at {@code retryAt} or later. */
    AttemptFinished failed(Failure failure, AgentReport report, Instant retryAt) {
        return finished(failure, false, report, retryAt);
    }

    private AttemptFinished finished(
            @Nullable Failure failure, boolean lost, AgentReport report, @Nullable Instant retryAt) {
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
                retryAt);
    }
}
