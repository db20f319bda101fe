package dev.orchestrator.task;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One start of the agent, as far as it is known.
 *
 * @param number counted from 1 within the turn
 * @param run null until the process is known
 * @param end null while it is not recorded
 * @param retried true when another attempt was to follow it
 */
public record AttemptView(
        int turn,
        int number,
        Begin begin,
        @Nullable Run run,
        Counts counts,
        @Nullable End end,
        boolean retried) {

    public AttemptView {
        Objects.requireNonNull(begin);
        Objects.requireNonNull(counts);
    }

    public AttemptView(int turn, int number, Begin begin) {
        this(turn, number, begin, null, Counts.NONE, null, false);
    }

    /**
     * How it began.
     *
     * @param resumed true when it went on in a session that was there
     * @param setAsideUsd as {@link AttemptEvent.AttemptStarted#setAsideUsd}
     * @param directory as {@link AttemptEvent.AttemptStarted#directory}
     */
    public record Begin(
            String agent,
            String sessionId,
            boolean resumed,
            Instant at,
            @Nullable BigDecimal setAsideUsd,
            @Verbatim @Nullable String directory) {
        public Begin {
            Objects.requireNonNull(agent);
            Objects.requireNonNull(sessionId);
            Objects.requireNonNull(at);
        }
    }

    /**
     * The agent's process.
     *
     * @param processStartedAt when the operating system started it, null when that is not known
     * @param adopted true when a later daemon than the one that started it has found it again
     * @param left true when the daemon that had it stopped in good order and left it at work
     */
    public record Run(long pid, @Nullable Instant processStartedAt, boolean adopted, boolean left) {
        public Run(long pid, @Nullable Instant processStartedAt, boolean adopted) {
            this(pid, processStartedAt, adopted, false);
        }

        Run leftAtWork() {
            return new Run(pid, processStartedAt, adopted, true);
        }
    }

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
     * @param excused as {@link AttemptEvent.AttemptFinished#excused}
     */
    public record End(
            Instant at,
            @Nullable Failure failure,
            boolean lost,
            @Nullable BigDecimal costUsd,
            boolean excused) {
        public End {
            Objects.requireNonNull(at);
        }
    }

    public String agent() {
        return begin.agent();
    }

    /** Where it worked, when that was a copy of the task's directory. */
    public @Nullable String directory() {
        return begin.directory();
    }

    public String sessionId() {
        return begin.sessionId();
    }

    public Instant startedAt() {
        return begin.at();
    }

    public @Nullable BigDecimal setAsideUsd() {
        return begin.setAsideUsd();
    }

    public boolean isOpen() {
        return end == null;
    }

    public boolean isLost() {
        return end != null && end.lost();
    }

    /** True when it costs the task none of its attempts, whatever it failed for. */
    public boolean isExcused() {
        return end != null && end.excused();
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
        return new AttemptView(turn, number, begin, found, counts, end, retried);
    }

    /** The same attempt, whose daemon stops and leaves it at work. */
    AttemptView leftAtWork() {
        return run == null ? this : withRun(run.leftAtWork());
    }

    /** True when the last that is known of it is that it was left at work in good order. */
    public boolean wasLeft() {
        return run != null && run.left();
    }

    AttemptView withToolCall() {
        return with(counts.plusToolCall());
    }

    AttemptView withViolation() {
        return with(counts.plusViolation());
    }

    private AttemptView with(Counts more) {
        return new AttemptView(turn, number, begin, run, more, end, retried);
    }

    /** The same attempt, ended. */
    public AttemptView ended(End how) {
        return new AttemptView(turn, number, begin, run, counts, how, retried);
    }

    AttemptView followed() {
        return new AttemptView(turn, number, begin, run, counts, end, true);
    }
}
