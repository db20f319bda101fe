package dev.orchestrator.task;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens while the agent is at work for a task: from the intent to start it to its end, and what follows from that. */
public sealed interface AttemptEvent extends TaskEvent {

    /** Of which turn of the task. */
    int turn();

    /** Counted from 1 within the turn. */
    int attempt();

    /**
     * The intent to start the agent; on disk before the process exists.
     *
     * @param setAsideUsd what it may cost of the money of all, which nobody else may spend while it runs; null when that has no
     *     limit
     * @param directory where it works when that is a copy of the task's directory; null when it is that
     */
    record AttemptStarted(
            TaskId taskId,
            int turn,
            int attempt,
            String agent,
            String sessionId,
            boolean resumed,
            @Nullable BigDecimal setAsideUsd,
            @Verbatim @Nullable String directory)
            implements AttemptEvent {
        /** One in the task's own directory. */
        public AttemptStarted(
                TaskId taskId,
                int turn,
                int attempt,
                String agent,
                String sessionId,
                boolean resumed,
                @Nullable BigDecimal setAsideUsd) {
            this(taskId, turn, attempt, agent, sessionId, resumed, setAsideUsd, null);
        }

        @Override
        public TaskView fold(TaskView before, Instant at) {
            AttemptView.Begin begin = new AttemptView.Begin(agent, sessionId, resumed, at, setAsideUsd, directory);
            return before.attemptStarted(new AttemptView(turn, attempt, begin), at);
        }
    }

    /**
     * The agent's process exists, or was found again.
     *
     * @param processStartedAt when the operating system started it, which tells it from a later process with its pid
     * @param adopted true when a new daemon took over a run that an earlier one had started
     */
    record RunStarted(
            TaskId taskId,
            int turn,
            int attempt,
            long pid,
            @Nullable Instant processStartedAt,
            boolean adopted) implements AttemptEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            AttemptView.Run run = new AttemptView.Run(pid, processStartedAt, adopted);
            return before.attemptChanged(attempt, view -> view.withRun(run), at);
        }
    }

    /** One tool call of the agent, from its stream. */
    record ToolUsed(
            TaskId taskId,
            int turn,
            int attempt,
            String tool,
            @Nullable String target,
            boolean succeeded) implements AttemptEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.attemptChanged(attempt, AttemptView::withToolCall, at);
        }
    }

    /**
     * @param failure null when the agent did what it was asked, as far as its own report goes
     * @param lost true when the orchestrator's own end took the run away, which is not the task's fault
     * @param exitCode null when the process ended while no daemon watched it
     * @param retryAt when another attempt is to follow, its earliest time; here, so that one line says both and no torn
     *     journal can turn a failed attempt into a failed task
     * @param excused true when it costs the task none of its attempts, whatever it failed for; null when it does
     */
    record AttemptFinished(
            TaskId taskId,
            int turn,
            int attempt,
            @Nullable Failure failure,
            boolean lost,
            @Nullable Integer exitCode,
            long durationMs,
            int numTurns,
            @Nullable BigDecimal costUsd,
            @Nullable Instant retryAt,
            @Nullable Boolean excused)
            implements AttemptEvent {
        /** Of an attempt that decided, or that was lost. */
        public AttemptFinished(
                TaskId taskId,
                int turn,
                int attempt,
                @Nullable Failure failure,
                boolean lost,
                @Nullable Integer exitCode,
                long durationMs,
                int numTurns,
                @Nullable BigDecimal costUsd) {
            this(taskId, turn, attempt, failure, lost, exitCode, durationMs, numTurns, costUsd, null, null);
        }

        @Override
        public TaskView fold(TaskView before, Instant at) {
            AttemptView.End end = new AttemptView.End(at, failure, lost, costUsd, Boolean.TRUE.equals(excused));
            TaskView ended = before.attemptChanged(attempt, view -> view.ended(end), at);
            return retryAt == null ? ended : ended.retryAfter(attempt, retryAt, at);
        }
    }

    /**
     * What the attempt changed in the working directory, from comparing it before and after.
     *
     * @param files the first of them, relative to the working directory
     * @param count of all
     */
    record FilesModified(TaskId taskId, int turn, int attempt, List<String> files, int count) implements AttemptEvent {
        public FilesModified {
            files = List.copyOf(files);
        }
    }

    /**
     * A refused access outside of what the task may touch, or one that happened while nobody could refuse it.
     *
     * @param realPath where {@code target} leads
     */
    record SecurityViolation(
            TaskId taskId,
            int turn,
            int attempt,
            String tool,
            @Nullable String target,
            @Nullable String realPath,
            String reason)
            implements AttemptEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.attemptChanged(attempt, AttemptView::withViolation, at);
        }
    }

    /** Says again, for whoever counts retries, what {@code attempt_finished} has said with {@code retry_at}. */
    record RetryScheduled(TaskId taskId, int turn, int attempt, FailureCategory category, Instant notBefore)
            implements AttemptEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.retryAfter(attempt, notBefore, at);
        }
    }

    /**
     * The plan's usage window is spent; the task waits for the next one, and the attempt does not count. Follows the {@code
     * attempt_finished} that says so.
     *
     * @param until when the window begins anew, as far as is known
     */
    record PausedByLimit(TaskId taskId, int turn, int attempt, String window, Instant until) implements AttemptEvent {}

    /**
     * The acceptance commands were run behind an attempt.
     *
     * @param round counted from 1 within the turn
     * @param feedback what the agent is told of red ones, so that another attempt follows; null when none does. Here, so that
     *     one line says both
     */
    record AcceptanceFinished(
            TaskId taskId,
            int turn,
            int attempt,
            int round,
            boolean green,
            List<CommandEnd> commands,
            @Nullable String feedback)
            implements AttemptEvent {
        public AcceptanceFinished {
            commands = List.copyOf(commands);
        }

        @Override
        public TaskView fold(TaskView before, Instant at) {
            return feedback == null ? before.touched(at) : before.mending(attempt, feedback, at);
        }
    }

    /**
     * How one command ended.
     *
     * @param outcome green, red, timeout, flood (it printed too much) or not_started
     * @param exitCode null when it came to none
     */
    record CommandEnd(
            String command, String outcome, @Nullable Integer exitCode, long durationMs) {}

    /**
     * A question of the agent was answered, so that another attempt follows.
     *
     * @param by whose answer it is: the name of a model, or {@code rules}
     */
    record QuestionAnswered(TaskId taskId, int turn, int attempt, String question, String answer, String by)
            implements AttemptEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.told(
                    attempt, before.notes().talk().answered(new Talk.Answer(question, answer, by), attempt), at);
        }
    }
}
