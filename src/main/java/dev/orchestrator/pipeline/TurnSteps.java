package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes one turn from where it is to its end: parse, execute, judge, persist; where one leads, who leads between them. Thread-safe. */
final class TurnSteps {
    private final ParseStep parse;
    private final ExecuteStep execute;
    private final CoordinateStep coordinate;
    private final JudgeStep judge;
    private final Publication publication;
    private final ApprovalStep approvals;
    private final StepEvents events;
    private final Function<TaskId, Optional<TaskView>> views;
    private final Supplier<Duration> stopGrace;
    private final EventSink journal;

    /** @param stopGrace how long a run is given to end when it is asked to */
    TurnSteps(
            ParseStep parse,
            ExecuteStep execute,
            CoordinateStep coordinate,
            JudgeStep judge,
            Publication publication,
            ApprovalStep approvals,
            StepEvents events,
            Function<TaskId, Optional<TaskView>> views,
            Supplier<Duration> stopGrace,
            EventSink journal) {
        this.parse = parse;
        this.execute = execute;
        this.coordinate = coordinate;
        this.judge = judge;
        this.publication = publication;
        this.approvals = approvals;
        this.events = events;
        this.views = views;
        this.stopGrace = stopGrace;
        this.journal = journal;
    }

    Outcome goOn(TaskView view, Cancellation cancellation) throws IOException, InterruptedException {
        Optional<Artifact> published = publication.of(view);
        @Nullable TaskStatus cancelled = isCancelled(view, cancellation) ? TaskStatus.CANCELLED : null;
        if (published.isPresent()) {
            return publication.goOnFrom(view, published.get(), cancelled);
        }
        Integer undoes = view.notes().undoes();
        return undoes == null ? run(view, cancellation) : publication.publish(approvals.undo(view, undoes));
    }

    /** Ends the turn without running it; what runs is stopped first. */
    Outcome end(TaskView view, TaskStatus status, @Nullable Failure failure) throws IOException, InterruptedException {
        TaskView still = withoutRun(view);
        Optional<Artifact> published = publication.of(still);
        Integer undoes = still.notes().undoes();
        if (published.isEmpty() && undoes != null && approvals.isBegun(still)) {
            // Half a change is nobody's wish.
            return publication.publish(approvals.undo(still, undoes));
        }
        return published.isPresent()
                ? publication.goOnFrom(still, published.get(), status)
                : publication.publish(TurnEnd.withoutWork(still, status, failure, null));
    }

    /** How the task stands when nothing is at work for it any more. */
    private TaskView withoutRun(TaskView view) throws InterruptedException {
        if (view.openAttempt().isEmpty()) {
            return view;
        }
        execute.abandon(view, stopGrace.get());
        journal.commit(List.of());
        return fresh(view);
    }

    private Outcome run(TaskView view, Cancellation cancellation) throws IOException, InterruptedException {
        if (isCancelled(view, cancellation) && view.openAttempt().isEmpty()) {
            return publication.publish(TurnEnd.withoutWork(view, TaskStatus.CANCELLED, null, null));
        }
        Optional<Failure> poisoned = poisoned(view);
        if (poisoned.isPresent()) {
            return publication.publish(TurnEnd.withoutWork(view, TaskStatus.FAILED, poisoned.get(), null));
        }
        ParseStep.Result understood = events.around(view, Step.PARSE, () -> parse.run(view, cancellation));
        if (understood instanceof ParseStep.Result.Stopped) {
            return stoppedBefore(fresh(view), cancellation);
        }
        if (understood instanceof ParseStep.Result.Failed failed && !hasWork(view)) {
            return publication.publish(TurnEnd.withoutWork(fresh(view), TaskStatus.FAILED, failed.failure(), null));
        }
        ParseStep.Parsed parsed = understood instanceof ParseStep.Result.Done done
                ? done.parsed()
                : parse.without(view, ((ParseStep.Result.Failed) understood).failure());
        return work(view, parsed, cancellation);
    }

    /** Has the agent work, and says something to it and has it work on, until somebody knows how the turn ends. */
    private Outcome work(TaskView view, ParseStep.Parsed parsed, Cancellation cancellation)
            throws IOException, InterruptedException {
        Optional<Outcome> over = CoordinateStep.isDueFirst(fresh(view)) && parsed.problem() == null
                ? led(fresh(view), parsed, null, cancellation)
                : Optional.empty();
        while (over.isEmpty()) {
            TaskView now = fresh(view);
            Turn turn = new Turn(now, parsed);
            ExecuteStep.Result executed = events.around(now, Step.EXECUTE, () -> execute.run(turn, cancellation));
            if (executed instanceof ExecuteStep.Result.NotNow notNow) {
                return notNow.outcome();
            }
            TaskView after = fresh(view);
            if (!(executed instanceof ExecuteStep.Result.Done done)) {
                return publication.publish(withoutResult(after, parsed, executed));
            }
            over = afterRun(after, parsed, done, cancellation);
        }
        return over.get();
    }

    /** Empty when the agent is to work on. */
    private Optional<Outcome> afterRun(
            TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        if (isCancelled(view, cancellation)) {
            return Optional.of(publication.publish(cancelled(view, parsed, done.work())));
        }
        return CoordinateStep.isDueAfter(view, done)
                ? led(view, parsed, done, cancellation)
                : judged(view, parsed, done, cancellation);
    }

    /** Has somebody say what the agent is to do next. */
    private Optional<Outcome> led(
            TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.@Nullable Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        CoordinateStep.Result led =
                events.around(view, Step.COORDINATE, () -> coordinate.run(view, parsed, done, cancellation));
        TaskView now = fresh(view);
        Work work = done == null ? null : done.work();
        if (isCancelled(now, cancellation)) {
            return Optional.of(publication.publish(cancelled(now, parsed, work)));
        }
        if (led instanceof CoordinateStep.Result.Finished && done != null) {
            return judged(now, parsed, done, cancellation);
        }
        if (led instanceof CoordinateStep.Result.Failed failed) {
            return Optional.of(
                    publication.publish(new TurnEnd(now, TaskStatus.FAILED, failed.failure(), parsed, work, null)));
        }
        if (led instanceof CoordinateStep.Result.NotNow notNow) {
            return Optional.of(notNow.outcome());
        }
        return led instanceof CoordinateStep.Result.Stopped
                ? Optional.of(stopped(now, parsed, work, cancellation))
                : Optional.empty();
    }

    private Optional<Outcome> judged(
            TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        JudgeStep.Result judged = judge.run(view, parsed, done, cancellation);
        if (judged instanceof JudgeStep.Result.Ended ended) {
            return Optional.of(publication.publish(ended.how()));
        }
        return judged instanceof JudgeStep.Result.Stopped
                ? Optional.of(stopped(fresh(view), parsed, done.work(), cancellation))
                : Optional.empty();
    }

    /** The task ends, or it is left to the next daemon. */
    private Outcome stopped(TaskView view, ParseStep.Parsed parsed, @Nullable Work work, Cancellation cancellation)
            throws IOException {
        return isCancelled(view, cancellation)
                ? publication.publish(cancelled(view, parsed, work))
                : execute.leftForNextStart(view);
    }

    private static TurnEnd withoutResult(TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result executed) {
        return executed instanceof ExecuteStep.Result.Cancelled cancelled
                ? cancelled(view, parsed, cancelled.work())
                : TurnEnd.withoutWork(
                        view, TaskStatus.FAILED, ((ExecuteStep.Result.Refused) executed).failure(), parsed);
    }

    private static TurnEnd cancelled(TaskView view, ParseStep.Parsed parsed, @Nullable Work work) {
        return new TurnEnd(view, TaskStatus.CANCELLED, null, parsed, work, null);
    }

    /** Nobody is at work yet, and nobody is going to be in this life. */
    private Outcome stoppedBefore(TaskView view, Cancellation cancellation) throws IOException {
        return isCancelled(view, cancellation)
                ? publication.publish(TurnEnd.withoutWork(view, TaskStatus.CANCELLED, null, null))
                : execute.leftForNextStart(view);
    }

    /** True when an agent may be at work for the turn, or has done its work. */
    static boolean hasWork(TaskView view) {
        return view.openAttempt().isPresent() || view.decisiveAttempt().isPresent();
    }

    /** A run that may be at work is followed all the same, and one that has ended well is not held against its task. */
    private static Optional<Failure> poisoned(TaskView view) {
        if (view.openAttempt().isPresent()) {
            return Optional.empty();
        }
        boolean decided = view.decisiveAttempt().isPresent();
        return RetryPolicy.poisoned(
                decided ? List.of() : view.attempts(), view.notes().deaths());
    }

    /** Whoever cancelled was told that the task is cancelled, even if its agent was faster. */
    private static boolean isCancelled(TaskView view, Cancellation cancellation) {
        return view.cancelledBy() != null || cancellation.reason() == Cancellation.Reason.CANCELLED;
    }

    private TaskView fresh(TaskView before) {
        return views.apply(before.id())
                .orElseThrow(() -> new IllegalStateException("task " + before.id() + " is not in the journal"));
    }
}
