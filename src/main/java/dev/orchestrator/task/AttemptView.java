package dev.orchestrator.task;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One start of the agent, as far as it is known.
 *
 * @param number counted from 1 within the turn
 * @param pid null until the process is known
 * @param toolCalls how many ended tool calls are in the journal
 * @param violations how many of its refused calls that reached outside are in the journal
 * @param finishedAt null while its end is not recorded
 * @param failure null while it runs, and when it succeeded
 * @param lost true when the orchestrator's own end took the run away
 * @param retried true when another attempt was to follow it
 * @param costUsd what the agent estimated, null when it said nothing
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
        int violations,
        @Nullable Instant finishedAt,
        @Nullable Failure failure,
        boolean lost,
        boolean retried,
        @Nullable BigDecimal costUsd) {

    public AttemptView(int turn, int number, String agent, String sessionId, Instant startedAt) {
        this(turn, number, agent, sessionId, startedAt, null, null, 0, 0, null, null, false, false, null);
    }

    public boolean isOpen() {
        return finishedAt == null;
    }

    /** True when it ended by itself and nothing was to follow: its result is the turn's. */
    public boolean isDecisive() {
        return !isOpen() && !lost && !retried;
    }

    AttemptView withProcess(long newPid, @Nullable Instant started) {
        return new AttemptView(
                turn,
                number,
                agent,
                sessionId,
                startedAt,
                newPid,
                started,
                toolCalls,
                violations,
                finishedAt,
                failure,
                lost,
                retried,
                costUsd);
    }

    AttemptView withToolCall() {
        return new AttemptView(
                turn,
                number,
                agent,
                sessionId,
                startedAt,
                pid,
                processStartedAt,
                toolCalls + 1,
                violations,
                finishedAt,
                failure,
                lost,
                retried,
                costUsd);
    }

    AttemptView withViolation() {
        return new AttemptView(
                turn,
                number,
                agent,
                sessionId,
                startedAt,
                pid,
                processStartedAt,
                toolCalls,
                violations + 1,
                finishedAt,
                failure,
                lost,
                retried,
                costUsd);
    }

    /** The same attempt, ended. */
    public AttemptView ended(Instant at, @Nullable Failure why, boolean wasLost, @Nullable BigDecimal cost) {
        return new AttemptView(
                turn,
                number,
                agent,
                sessionId,
                startedAt,
                pid,
                processStartedAt,
                toolCalls,
                violations,
                at,
                why,
                wasLost,
                retried,
                cost);
    }

    AttemptView followed() {
        return new AttemptView(
                turn,
                number,
                agent,
                sessionId,
                startedAt,
                pid,
                processStartedAt,
                toolCalls,
                violations,
                finishedAt,
                failure,
                lost,
                true,
                costUsd);
    }
}
