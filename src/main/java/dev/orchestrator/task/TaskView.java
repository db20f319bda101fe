package dev.orchestrator.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a task stands: the fold of its events. Immutable; each method gives the picture after one kind of event.
 *
 * @param attempts of the current turn, in order; the last may be open
 * @param step the step that runs, null while the task is not running
 * @param percent rough progress; within a turn it never falls, also when the agent is sent back to work
 * @param startedAt when the current turn first ran
 * @param notBefore the task rests until then, null when it need not
 * @param notes what whoever goes on with it has to know
 */
public record TaskView(
        Task task,
        TaskStatus status,
        int turn,
        List<AttemptView> attempts,
        @Nullable Step step,
        int percent,
        @Nullable Instant startedAt,
        Instant updatedAt,
        @Nullable Instant notBefore,
        Notes notes) {

    public TaskView {
        Objects.requireNonNull(notes);
        Objects.requireNonNull(task);
        Objects.requireNonNull(status);
        attempts = List.copyOf(attempts);
    }

    static TaskView accepted(Task task) {
        return new TaskView(task, TaskStatus.QUEUED, 1, List.of(), null, 0, null, task.acceptedAt(), null, Notes.NONE);
    }

    /** Who wants the task to end, null when nobody does. */
    public @Nullable String cancelledBy() {
        return notes.cancelledBy();
    }

    /** What its change waits for, or what was decided about it; null when it has none. */
    public @Nullable Approval approval() {
        return notes.approval();
    }

    /** What its agent waits to be told; null when it does not wait for that. */
    public @Nullable OpenQuestion question() {
        return status == TaskStatus.AWAITING_REPLY ? notes.question() : null;
    }

    /** Since when a person is waited for; null when nobody is. What time passes from then on is not the task's. */
    public @Nullable Instant waitsSince() {
        if (!status.awaitsPerson()) {
            return null;
        }
        Approval approval = approval();
        OpenQuestion question = question();
        if (approval != null) {
            return approval.requestedAt();
        }
        return question == null ? updatedAt : question.askedAt();
    }

    /** True when a person has decided about its change, and that is not done yet. */
    public boolean isDecided() {
        Approval approval = approval();
        return approval != null && approval.decision() != null;
    }

    /** True when nothing is started for it any more: its change is decided about, or is to be taken back. */
    public boolean isConcluding() {
        return isDecided() || notes.undoes() != null;
    }

    TaskView understood(Understood what, Instant at) {
        return new TaskView(task, status, turn, attempts, step, percent, startedAt, at, notBefore, notes.with(what));
    }

    TaskView asked(OpenQuestion question, Instant at) {
        return new TaskView(
                task, status, turn, attempts, step, percent, startedAt, at, notBefore, notes.with(question));
    }

    TaskView withApproval(Approval approval, Instant at) {
        return new TaskView(
                task, status, turn, attempts, step, percent, startedAt, at, notBefore, notes.with(approval));
    }

    /**
     * The orchestrator died while it had this task in hand. Where an agent was at work, what became of its run tells; else the
     * task itself may be what brought it down.
     */
    public TaskView afterDeath() {
        boolean inHand = status == TaskStatus.RUNNING && openAttempt().isEmpty();
        return inHand
                ? new TaskView(
                        task, status, turn, attempts, step, percent, startedAt, updatedAt, notBefore, notes.plusDeath())
                : this;
    }

    /** The orchestrator stops in good order and leaves an agent at work. */
    public TaskView leftAtWork() {
        return openAttempt()
                .map(open -> attemptChanged(open.number(), AttemptView::leftAtWork, updatedAt))
                .orElse(this);
    }

    static TaskView reopened(TaskEvent.TurnStarted start, Instant at) {
        Notes notes = new Notes(
                null,
                start.session(),
                start.earlierRuns(),
                start.earlierCostUsd(),
                0,
                start.undoes(),
                null,
                null,
                Talk.opening(start.message()),
                Coordination.NONE,
                null);
        return new TaskView(start.task(), TaskStatus.QUEUED, start.turn(), List.of(), null, 0, null, at, null, notes);
    }

    public TaskId id() {
        return task.id();
    }

    /** The attempt of the current turn whose end is not recorded, if there is one. */
    public Optional<AttemptView> openAttempt() {
        return attempts.stream().filter(AttemptView::isOpen).reduce((first, second) -> second);
    }

    /** The last attempt of the current turn, open or over. */
    public Optional<AttemptView> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** The last attempt of the current turn, if its result is the turn's. */
    public Optional<AttemptView> decisiveAttempt() {
        return lastAttempt().filter(AttemptView::isDecisive);
    }

    /**
     * True when an agent may be at work still, or when what it changed has not been looked at yet, so that nobody else may come
     * first. One that waits for whoever leads it was looked at, and has given its directory up.
     */
    public boolean holdsDirectory() {
        boolean given = notes.coordination().waitingSince() != null;
        return openAttempt().isPresent() || (decisiveAttempt().isPresent() && !given);
    }

    TaskView touched(Instant at) {
        return new TaskView(task, status, turn, attempts, step, percent, startedAt, at, notBefore, notes);
    }

    TaskView progress(int newPercent, Instant at) {
        int furthest = Math.max(percent, newPercent);
        return new TaskView(task, status, turn, attempts, step, furthest, startedAt, at, notBefore, notes);
    }

    TaskView running(int newTurn, Step newStep, Instant at) {
        boolean goesOn = newTurn == turn;
        Instant start = goesOn && startedAt != null ? startedAt : at;
        List<AttemptView> ofThisTurn = goesOn ? attempts : List.of();
        int furthest = Math.max(goesOn ? percent : 0, newStep.percentBefore());
        return new TaskView(task, TaskStatus.RUNNING, newTurn, ofThisTurn, newStep, furthest, start, at, null, notes);
    }

    TaskView attemptStarted(AttemptView attempt, Instant at) {
        List<AttemptView> all = new ArrayList<>(attempts);
        all.add(attempt);
        return new TaskView(task, status, turn, all, step, percent, startedAt, at, notBefore, notes);
    }

    TaskView attemptChanged(int number, UnaryOperator<AttemptView> change, Instant at) {
        List<AttemptView> all = new ArrayList<>(attempts);
        all.replaceAll(attempt -> attempt.number() == number ? change.apply(attempt) : attempt);
        return new TaskView(task, status, turn, all, step, percent, startedAt, at, notBefore, notes);
    }

    /** Something is said to the agent, so another attempt follows {@code number}. */
    TaskView told(int number, Talk talk, Instant at) {
        List<AttemptView> followed = attemptChanged(number, AttemptView::followed, at).attempts;
        return new TaskView(task, status, turn, followed, step, percent, startedAt, at, notBefore, notes.with(talk));
    }

    /** Red commands are sent to the agent behind attempt {@code number}. */
    TaskView mending(int number, String feedback, Instant at) {
        TaskView told = told(number, notes.talk().red(feedback, number), at);
        Notes after = told.notes.with(notes.coordination().mending(number));
        return new TaskView(
                task, told.status, turn, told.attempts, step, percent, startedAt, at, told.notBefore, after);
    }

    TaskView moved(Coordination.Made move, Instant at) {
        Notes after = notes.with(notes.coordination().plus(move));
        return new TaskView(task, status, turn, attempts, step, percent, startedAt, at, notBefore, after);
    }

    TaskView coordinatorAway(Instant earliest, Instant at) {
        Notes after = notes.with(notes.coordination().waiting(at));
        return new TaskView(task, TaskStatus.QUEUED, turn, attempts, null, percent, startedAt, at, earliest, after);
    }

    /** Another attempt follows {@code number}, not before {@code earliest}. */
    TaskView retryAfter(int number, Instant earliest, Instant at) {
        List<AttemptView> followed = attemptChanged(number, AttemptView::followed, at).attempts;
        return new TaskView(task, TaskStatus.QUEUED, turn, followed, null, percent, startedAt, at, earliest, notes);
    }

    TaskView become(TaskStatus next, Instant at) {
        return new TaskView(task, next, turn, attempts, null, percent, startedAt, at, null, notes);
    }

    TaskView deferred(Instant earliest, Instant at) {
        return new TaskView(task, TaskStatus.QUEUED, turn, attempts, null, percent, startedAt, at, earliest, notes);
    }

    TaskView cancelled(String by, Instant at) {
        return new TaskView(
                task, status, turn, attempts, step, percent, startedAt, at, notBefore, notes.cancelledBy(by));
    }
}
