package dev.orchestrator.history;

import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskStatus;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What statistics need of one event. */
public sealed interface Fact {

    /**
     * A turn is over, and nothing more happens to the task unless somebody asks for another.
     *
     * @param taskId not held against the rules for ids again, which would take longer than all the rest
     * @param category why it failed, null when it did not
     * @param attempts how often the agent was started; 0 when it never was
     * @param costUsd of all attempts, null when the agent told nothing
     */
    record TurnOver(
            String taskId,
            TaskStatus status,
            String type,
            @Nullable FailureCategory category,
            int attempts,
            long durationMs,
            @Nullable BigDecimal costUsd,
            long inputTokens,
            long outputTokens)
            implements Fact {}

    /** An attempt failed, whatever became of its turn afterwards. */
    record AttemptFailed(FailureCategory category) implements Fact {}

    /** A refused call reached outside of what the task may touch. */
    record Violation() implements Fact {}

    /** Nothing to count: the journal begins a segment, so that the place up to which all is counted is never far behind. */
    record SegmentBegun() implements Fact {}
}
