package dev.orchestrator.task;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One start of the agent, as far as it is known.
 *
 * @param number counted from 1 within the turn
 * @param setAsideUsd as {@link TaskEvent.AttemptStarted#setAsideUsd}
 * @param run null until the process is known
 * @param end null while it is not recorded
 * @param retried true when another attempt was to follow it
 */
public record AttemptView(
        int turn,
        int number,
        String agent,
        String sessionId,
        Instant startedAt,
        @Nullable BigDecimal setAsideUsd,
        @Nullable Run run,
        Counts counts,
        @Nullable End end,
        boolean retried) {

    public AttemptView {
        Objects.requireNonNull(counts);
    }

    public AttemptView(
            int turn, int number, String agent, String sessionId, Instant startedAt, @Nullable BigDecimal setAsideUsd) {
        this(turn, number, agent, sessionId, startedAt, setAsideUsd, null, Counts.NONE, null, false);
    }

    /** Without a limit on the money of all. */
    public AttemptView(int turn, int number, String agent, String sessionId, Instant startedAt) {
        this(turn, number, agent, sessionId, startedAt, null);
    }

    /**
     * The agent's process.
     *
     * @param processStartedAt when the operating system started it, null when that is not known
     * @param adopted true when a later daemon than the one that started it has found it again
     */
    public record Run(long pid, @Nullable Instant processStartedAt, boolean adopted) {}

    /**
     * How much of what it did is in the journal.
     *
     * @param toolCalls that have ended
     * @param violations refused calls that reached outside
     */
    public record Counts(int toolCalls, int violations) {
        static final Counts NONE = new Counts(0, 0);

        Counts plusToolCall() {
            return new Counts(toolCalls + 1, violations);
        }

        Counts plusViolation() {
            return new Counts(toolCalls, violations + 1);
        }
    }

    /**
     * How it ended.
     *
     * @param failure null when it succeeded
     * @param lost true when the orchestrator's own end took the run away
     * @param costUsd what the agent estimated, null when it said nothing
     */
    public record End(
            Instant at,
            @Nullable Failure failure,
            boolean lost,
            @Nullable BigDecimal costUsd) {
        public End {
            Objects.requireNonNull(at);
        }
    }

    public boolean isOpen() {
        return end == null;
    }

    public boolean isLost() {
        return end != null && end.lost();
    }

    /** Null while it runs, and when it succeeded. */
    public @Nullable Failure failure() {
        return end == null ? null : end.failure();
    }

    /** True when it ended by itself and nothing was to follow: its result is the turn's. */
    public boolean isDecisive() {
        return end != null && !end.lost() && !retried;
    }

    /** The same attempt, whose process is known. */
    public AttemptView withRun(Run found) {
        return new AttemptView(turn, number, agent, sessionId, startedAt, setAsideUsd, found, counts, end, retried);
    }

    AttemptView withToolCall() {
        return with(counts.plusToolCall());
    }

    AttemptView withViolation() {
        return with(counts.plusViolation());
    }

    private AttemptView with(Counts more) {
        return new AttemptView(turn, number, agent, sessionId, startedAt, setAsideUsd, run, more, end, retried);
    }

    /** The same attempt, ended. */
    public AttemptView ended(End how) {
        return new AttemptView(turn, number, agent, sessionId, startedAt, setAsideUsd, run, counts, how, retried);
    }

    AttemptView followed() {
        return new AttemptView(turn, number, agent, sessionId, startedAt, setAsideUsd, run, counts, end, true);
    }
}
