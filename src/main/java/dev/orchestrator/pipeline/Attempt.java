package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskEvent.AttemptFinished;
import org.jspecify.annotations.Nullable;

/**
 * One start of the agent for a turn.
 *
 * @param before how the working directory stood before it
 */
record Attempt(Turn turn, int number, AgentRequest request, AttemptObserver observer, WorkingDirectory.Before before) {

    /** The event of its end. */
    AttemptFinished finished(@Nullable Failure failure, boolean lost, AgentReport report) {
        return new AttemptFinished(
                turn.id(),
                turn.number(),
                number,
                failure,
                lost,
                report.exitCode(),
                report.duration().toMillis(),
                report.numTurns(),
                report.costUsd());
    }
}
