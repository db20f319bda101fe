package dev.orchestrator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One start of the agent, as far as it is known.
 *
 * @param number counted from 1 within the turn
 * @param pid null until the process is known
 * @param toolCalls how many ended tool calls are in the journal
 * @param finishedAt null while its end is not recorded
 * @param failure null while it runs, and when it succeeded
 */
public record AttemptView(
        int turn,
        int number,
        String agent,
        String sessionId,
        Instant startedAt,
        @Nullable Long pid,
        @Nullable Instant processStartedAt,
        int toolCalls,
        @Nullable Instant finishedAt,
        @Nullable Failure failure) {

    public AttemptView(int turn, int number, String agent, String sessionId, Instant startedAt) {
        this(turn, number, agent, sessionId, startedAt, null, null, 0, null, null);
    }

    public boolean isOpen() {
        return finishedAt == null;
    }

    AttemptView withProcess(long newPid, @Nullable Instant newProcessStartedAt) {
        return new AttemptView(
                turn, number, agent, sessionId, startedAt, newPid, newProcessStartedAt, toolCalls, finishedAt, failure);
    }

    AttemptView finished(Instant at, @Nullable Failure why) {
        return new AttemptView(turn, number, agent, sessionId, startedAt, pid, processStartedAt, toolCalls, at, why);
    }

    AttemptView withToolCall() {
        return new AttemptView(
                turn, number, agent, sessionId, startedAt, pid, processStartedAt, toolCalls + 1, finishedAt, failure);
    }
}
