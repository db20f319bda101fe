package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.validation.ValidationReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes one turn from where it is to its end: parse, execute, validate, persist. Thread-safe. */
final class TurnSteps {
    private final ParseStep parse;
    private final ExecuteStep execute;
    private final ValidateStep validate;
    private final Publication publication;
    private final ApprovalStep approvals;
    private final StepEvents events;
    private final Function<TaskId, Optional<TaskView>> views;
    private final Supplier<Duration> stopGrace;
    private final BooleanSupplier failsWhenTouched;
    private final Redactor redactor;
    private final EventSink journal;

    /**
     * @param stopGrace how long a run is given to end when it is asked to
     * @param failsWhenTouched whether a task fails during which something was changed that is watched
     * @param redactor hides what must not be cut in two
     */
    TurnSteps(
            ParseStep parse,
            ExecuteStep execute,
            ValidateStep validate,
            Publication publication,
            ApprovalStep approvals,
            StepEvents events,
            Function<TaskId, Optional<TaskView>> views,
            Supplier<Duration> stopGrace,
            BooleanSupplier failsWhenTouched,
            Redactor redactor,
            EventSink journal) {
        this.parse = parse;
        this.execute = execute;
        this.validate = validate;
        this.publication = publication;
        this.approvals = approvals;
        this.events = events;
        this.views = views;
        this.stopGrace = stopGrace;
        this.failsWhenTouched = failsWhenTouched;
        this.redactor = redactor;
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
        ParseStep.Result understood = events.around(view, Step.PARSE, () -> parse.run(view.task(), view.turn()));
        if (understood instanceof ParseStep.Result.Failed failed && !hasWork(view)) {
            return publication.publish(TurnEnd.withoutWork(fresh(view), TaskStatus.FAILED, failed.failure(), null));
        }
        ParseStep.Parsed parsed = understood instanceof ParseStep.Result.Done done
                ? done.parsed()
                : parse.without(view.task(), ((ParseStep.Result.Failed) understood).failure());
        ExecuteStep.Result executed =
                events.around(view, Step.EXECUTE, () -> execute.run(new Turn(view, parsed), cancellation));
        if (executed instanceof ExecuteStep.Result.NotNow notNow) {
            return notNow.outcome();
        }
        TaskView after = fresh(view);
        if (executed instanceof ExecuteStep.Result.Refused refused) {
            return publication.publish(TurnEnd.withoutWork(after, TaskStatus.FAILED, refused.failure(), parsed));
        }
        if (executed instanceof ExecuteStep.Result.Cancelled cancelled) {
            return publication.publish(new TurnEnd(after, TaskStatus.CANCELLED, null, parsed, cancelled.work(), null));
        }
        ExecuteStep.Result.Done ended = (ExecuteStep.Result.Done) executed;
        return isCancelled(after, cancellation)
                ? publication.publish(new TurnEnd(after, TaskStatus.CANCELLED, null, parsed, ended.work(), null))
                : judge(after, parsed, ended, cancellation);
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

    private Outcome judge(
            TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        Work work = done.work();
        if (done.failure() != null) {
            return publication.publish(new TurnEnd(view, TaskStatus.FAILED, done.failure(), parsed, work, null));
        }
        Optional<Failure> touched = touched(work);
        if (touched.isPresent()) {
            return publication.publish(new TurnEnd(view, TaskStatus.FAILED, touched.get(), parsed, work, null));
        }
        Optional<String> question = question(parsed, work);
        if (question.isPresent()) {
            journal.emit(new TaskEvent.QuestionAsked(
                    view.id(), view.turn(), view.attempts().size(), question.get()));
            Failure asked = Failure.of(FailureCategory.INTERACTIVE, "the agent asked: " + question.get());
            return publication.publish(new TurnEnd(view, TaskStatus.AWAITING_REPLY, asked, parsed, work, null));
        }
        ValidationReport report =
                events.around(view, Step.VALIDATE, () -> validate.run(view.task(), view.turn(), parsed, work));
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            return publication.publish(new TurnEnd(view, TaskStatus.CANCELLED, null, parsed, work, report));
        }
        if (!report.isValid()) {
            return publication.publish(new TurnEnd(view, TaskStatus.FAILED, invalid(report), parsed, work, report));
        }
        return publication.publish(new TurnEnd(view, TaskStatus.SUCCEEDED, null, parsed, work, report));
    }

    /** What nobody should touch was, and the user wants no such task to succeed. */
    private Optional<Failure> touched(Work work) {
        return work.violations().stream()
                .filter(violation -> violation.tool().equals(SentinelWatch.TOOL) && failsWhenTouched.getAsBoolean())
                .findFirst()
                .map(
                        violation -> Failure.of(
                                        FailureCategory.PERMISSION, violation.target() + ": " + violation.reason())
                                .suggesting(
                                        "Look at it, and at what the agent did; `guard.on_violation` says what becomes of such a task."));
    }

    /** One that is marked always counts; what only looks like one, when there is nothing else to show for the work. */
    private Optional<String> question(ParseStep.Parsed parsed, Work work) {
        // A question is cut when it is long.
        String said = redactor.redact(work.report().text());
        boolean nothingDone = work.changes().isEmpty() && !parsed.template().readOnly();
        return Question.marked(said).or(() -> nothingDone ? Question.in(said) : Optional.empty());
    }

    private static Failure invalid(ValidationReport report) {
        String details = report.findings().entrySet().stream()
                .filter(finding -> finding.getValue().isBlocking())
                .map(finding -> finding.getKey() + ": " + finding.getValue().detail())
                .collect(Collectors.joining("; "));
        return Failure.of(FailureCategory.VALIDATION, details);
    }

    private TaskView fresh(TaskView before) {
        return views.apply(before.id())
                .orElseThrow(() -> new IllegalStateException("task " + before.id() + " is not in the journal"));
    }
}
