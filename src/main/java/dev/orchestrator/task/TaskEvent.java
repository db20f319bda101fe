package dev.orchestrator.task;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to a task, in the order in which it happens. Each event knows how it changes the picture of
 * its task; folding a task's events over each other gives its {@link TaskView}.
 */
public sealed interface TaskEvent extends Event
        permits AttemptEvent,
                ApprovalEvent,
                CoordinatorEvent,
                TaskEvent.TaskAccepted,
                TaskEvent.TurnStarted,
                TaskEvent.StepStarted,
                TaskEvent.StepFinished,
                TaskEvent.TaskParsed,
                TaskEvent.MediatorAsked,
                TaskEvent.QuestionAsked,
                TaskEvent.TaskDeferred,
                TaskEvent.Validated,
                TaskEvent.ArtifactWritten,
                TaskEvent.TurnFinished,
                TaskEvent.TaskCancelled,
                TaskEvent.TaskFinished {

    TaskId taskId();

    /** How the task stands after this event, given how it stood before: as before, unless the event says more. Pure. */
    default TaskView fold(TaskView before, Instant at) {
        return before.touched(at);
    }

    /**
     * The task exists from here on; the only event without a picture before it.
     *
     * @param requestedId the id the file asked for, when another one had to be given
     * @param encoding of {@code text}: {@code utf-8} or {@code base64}
     * @param text the whole file, so that the task survives the loss of the file; without the secrets in it, and then it does
     *     not
     */
    record TaskAccepted(TaskId taskId, Task task, @Nullable TaskId requestedId, String encoding, String text)
            implements TaskEvent {
        public TaskAccepted {
            Objects.requireNonNull(taskId);
            Objects.requireNonNull(task);
        }

        public TaskView opened() {
            return TaskView.accepted(task);
        }

        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before;
        }
    }

    /**
     * A task that was over begins anew.
     *
     * @param turn the number of the new turn
     * @param by who wants it
     * @param task as it was accepted, so that nobody has to look for it
     * @param session of the agent in which the earlier turn ended, null when that cannot be continued
     * @param earlierRuns that all earlier turns together came to
     * @param earlierCostUsd what those cost
     * @param earlierStatus how the turn before ended; null in what an earlier version wrote
     * @param undoes the turn whose change is to be taken back, in place of any work; null for work
     * @param message what the agent is told by whoever wants the turn; null when it is to do the task again
     * @param source the file in which that was said; null when it was said otherwise
     */
    record TurnStarted(
            TaskId taskId,
            int turn,
            String by,
            Task task,
            @Nullable String session,
            int earlierRuns,
            BigDecimal earlierCostUsd,
            @Nullable TaskStatus earlierStatus,
            @Nullable Integer undoes,
            @Nullable String message,
            @Nullable ReplySource source)
            implements TaskEvent {
        public TurnStarted {
            Objects.requireNonNull(earlierCostUsd);
            Objects.requireNonNull(taskId);
            Objects.requireNonNull(task);
        }

        public TaskView opened(Instant at) {
            return TaskView.reopened(this, at);
        }

        /** Said again after a crash: what has happened since stays. */
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.turn() >= turn ? before : opened(at);
        }
    }

    record StepStarted(TaskId taskId, int turn, Step step) implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.running(turn, step, at);
        }
    }

    record StepFinished(TaskId taskId, int turn, Step step, long elapsedMs, int percentComplete) implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.progress(percentComplete, at);
        }
    }

    /**
     * What the request was understood to be; what is null was not looked for.
     *
     * @param mode {@code rules}, {@code llm} or {@code llm_json}
     * @param reason why this mode
     * @param promptChars size of the composed prompt in characters
     * @param files that the request names without listing them
     * @param brief the request in a model's words
     * @param steps what was tried to find out
     * @param terms on which the agent works; null in what an earlier version wrote
     */
    record TaskParsed(
            TaskId taskId,
            int turn,
            @Verbatim String type,
            String title,
            String mode,
            String reason,
            long promptChars,
            @Nullable List<String> files,
            @Nullable String brief,
            @Nullable List<String> steps,
            @Nullable Terms terms)
            implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            List<String> named = files == null ? List.of() : files;
            List<String> tried = steps == null ? List.of() : steps;
            return before.understood(new Understood(type, mode, reason, named, brief, tried, terms), at);
        }
    }

    /**
     * The local model was asked something.
     *
     * @param purpose such as {@code parse} or {@code summary}
     * @param useful false when its answer was of no use, or there was none
     * @param steps what was tried, in order, each with what came of it
     * @param durationMs from the question to the last answer, waiting for others included
     * @param loadMs of it, to get the model into memory
     */
    record MediatorAsked(
            TaskId taskId,
            int turn,
            String purpose,
            String model,
            boolean useful,
            List<String> steps,
            long promptTokens,
            long answerTokens,
            long durationMs,
            long loadMs)
            implements TaskEvent {
        public MediatorAsked {
            steps = List.copyOf(steps);
        }
    }

    record QuestionAsked(TaskId taskId, int turn, int attempt, String question) implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.asked(new OpenQuestion(question, at), at);
        }
    }

    /**
     * The task is put back into the queue as it was: something that is no fault of its own is in the way.
     *
     * @param notBefore it rests until then at least
     */
    record TaskDeferred(TaskId taskId, int turn, String reason, Instant notBefore) implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.deferred(notBefore, at);
        }
    }

    /** @param problems the checks that failed, by name */
    record Validated(TaskId taskId, int turn, boolean valid, List<String> problems, List<String> warnings)
            implements TaskEvent {
        public Validated {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /** The artifact of this turn is in place; written after the file, so the file is the earlier truth. */
    record ArtifactWritten(TaskId taskId, int turn, String artifact, String title) implements TaskEvent {}

    /** The exchange is over; {@code status} may still await a person. */
    record TurnFinished(TaskId taskId, int turn, TaskStatus status) implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.become(status, at);
        }
    }

    /** Somebody wants the task to end; on disk before anything is stopped. */
    record TaskCancelled(TaskId taskId, String by) implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.cancelled(by, at);
        }
    }

    /** The task is over; carries what statistics need, so that they read one line a task. */
    record TaskFinished(
            TaskId taskId,
            int turn,
            TaskStatus status,
            String type,
            @Nullable FailureCategory category,
            int attempts,
            long durationMs,
            @Nullable BigDecimal costUsd,
            long inputTokens,
            long outputTokens)
            implements TaskEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.become(status, at);
        }
    }
}
