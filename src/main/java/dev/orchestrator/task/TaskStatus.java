package dev.orchestrator.task;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a task stands. The table below holds every change that is allowed; anything else is a bug in the caller. */
public enum TaskStatus {
    /** Accepted; waits for a worker, its directory, another task, or the time of its next attempt. */
    QUEUED,
    /** A worker has it. */
    RUNNING,
    /** Ends well: the agent finished and every check passed. */
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Not done because somebody or some rule refused it after it was accepted. */
    REJECTED,
    /** The work is done and staged; it waits for a person to grant it. */
    AWAITING_APPROVAL,
    /** The agent asked something that only a person can answer. */
    AWAITING_REPLY;

    private static final Map<TaskStatus, Set<TaskStatus>> NEXT = Map.of(
            QUEUED, EnumSet.of(RUNNING, FAILED, CANCELLED, REJECTED),
            RUNNING, EnumSet.of(QUEUED, SUCCEEDED, FAILED, CANCELLED, REJECTED, AWAITING_APPROVAL, AWAITING_REPLY),
            AWAITING_APPROVAL, EnumSet.of(QUEUED, SUCCEEDED, FAILED, CANCELLED, REJECTED),
            AWAITING_REPLY, EnumSet.of(QUEUED, FAILED, CANCELLED),
            SUCCEEDED, EnumSet.of(QUEUED),
            FAILED, EnumSet.of(QUEUED),
            CANCELLED, EnumSet.of(QUEUED),
            REJECTED, EnumSet.of(QUEUED));

    /** True when nothing more happens to the task unless somebody asks for another turn. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == REJECTED;
    }

    /** True when a person, not the orchestrator, has the next move. */
    public boolean awaitsPerson() {
        return this == AWAITING_APPROVAL || this == AWAITING_REPLY;
    }

    /** True when a task in this state may go to {@code next}; staying where it is is always allowed. */
    public boolean canBecome(TaskStatus next) {
        return next == this || NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
