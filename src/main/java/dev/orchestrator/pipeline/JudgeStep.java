package dev.orchestrator.pipeline;

import dev.orchestrator.mediator.Answer;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.validation.ValidationReport;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what an agent's work is worth that calls itself done: a success, a failure, a question, or not done yet. */
final class JudgeStep {
    private final ValidateStep validate;
    private final AcceptanceStep acceptance;
    private final Answers answers;
    private final Mediator mediator;
    private final BooleanSupplier failsWhenTouched;
    private final Redactor redactor;
    private final StepEvents events;
    private final EventSink journal;

    /**
     * @param failsWhenTouched whether a task fails during which something was changed that is watched
     * @param redactor hides what must not be cut in two
     */
    JudgeStep(
            ValidateStep validate,
            AcceptanceStep acceptance,
            Answers answers,
            Mediator mediator,
            BooleanSupplier failsWhenTouched,
            Redactor redactor,
            StepEvents events,
            EventSink journal) {
        this.validate = validate;
        this.acceptance = acceptance;
        this.answers = answers;
        this.mediator = mediator;
        this.failsWhenTouched = failsWhenTouched;
        this.redactor = redactor;
        this.events = events;
        this.journal = journal;
    }

    /** What came of the step. */
    sealed interface Result {
        record Ended(TurnEnd how) implements Result {}

        /** The agent was told something and is to work on. */
        record GoesOn() implements Result {}

        /** The task or the daemon is to end before that is known. */
        record Stopped() implements Result {}
    }

    Result run(TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        Work work = done.work();
        if (done.failure() != null) {
            return ended(view, TaskStatus.FAILED, done.failure(), parsed, work, null);
        }
        Optional<Failure> touched = touched(work);
        if (touched.isPresent()) {
            return ended(view, TaskStatus.FAILED, touched.get(), parsed, work, null);
        }
        Optional<String> question = question(parsed, work);
        return question.isPresent()
                ? asked(view, parsed, done, question.get(), cancellation)
                : judge(view, parsed, done, cancellation);
    }

    /** Answered in the place of a person as far as the task itself does; else it waits for one. */
    private Result asked(
            TaskView view,
            ParseStep.Parsed parsed,
            ExecuteStep.Result.Done done,
            String question,
            Cancellation cancellation)
            throws IOException, InterruptedException {
        Optional<Answer> answer = answers.to(view, parsed, question, cancellation);
        if (answer.isEmpty() && cancellation.isStopped()) {
            return new Result.Stopped();
        }
        journal.emit(new TaskEvent.QuestionAsked(
                view.id(), view.turn(), view.attempts().size(), question));
        if (answer.isPresent()) {
            answers.give(view, done.attempt(), question, answer.get());
            return new Result.GoesOn();
        }
        Failure failure = Failure.of(FailureCategory.INTERACTIVE, "the agent asked: " + question);
        return ended(view, TaskStatus.AWAITING_REPLY, failure, parsed, done.work(), null);
    }

    private Result judge(
            TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        Work work = done.work();
        ValidationReport report = events.around(
                view, Step.VALIDATE, () -> validate.run(view.task(), parsed, work, errand(view, cancellation)));
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            return ended(view, TaskStatus.CANCELLED, null, parsed, work, report);
        }
        if (!report.isValid()) {
            return ended(view, TaskStatus.FAILED, invalid(report), parsed, work, report);
        }
        AcceptanceStep.Result accepted = accepted(view, parsed.terms().acceptance(), done, cancellation);
        if (accepted instanceof AcceptanceStep.Result.Failed failed) {
            return ended(view, TaskStatus.FAILED, failed.failure(), parsed, work, report);
        }
        if (accepted instanceof AcceptanceStep.Result.Passed) {
            TurnEnd end = new TurnEnd(view, TaskStatus.SUCCEEDED, null, parsed, work, report);
            return new Result.Ended(told(end, work, cancellation));
        }
        return accepted instanceof AcceptanceStep.Result.Told ? new Result.GoesOn() : new Result.Stopped();
    }

    private AcceptanceStep.Result accepted(
            TaskView view, @Nullable Acceptance wanted, ExecuteStep.Result.Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        return wanted == null
                ? new AcceptanceStep.Result.Passed()
                : events.around(view, Step.ACCEPT, () -> acceptance.run(view, wanted, done.attempt(), cancellation));
    }

    private static Result ended(
            TaskView view,
            TaskStatus status,
            @Nullable Failure failure,
            ParseStep.Parsed parsed,
            Work work,
            @Nullable ValidationReport report) {
        return new Result.Ended(new TurnEnd(view, status, failure, parsed, work, report));
    }

    private static Errand errand(TaskView view, Cancellation cancellation) {
        return new Errand(view.id(), view.turn(), cancellation);
    }

    /** With what came of it in few words, where somebody can say that better than the agent did. */
    private TurnEnd told(TurnEnd end, Work work, Cancellation cancellation) throws InterruptedException {
        TaskView view = end.view();
        return mediator.summarize(view.task().spec().title(), work.report().text(), errand(view, cancellation))
                .map(end::toldAs)
                .orElse(end);
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
        boolean nothingDone = work.changes().isEmpty() && parsed.terms().access() == Access.WRITE;
        return Question.marked(said)
                .or(() -> nothingDone ? Question.in(said).or(() -> Question.request(said)) : Optional.empty());
    }

    private static Failure invalid(ValidationReport report) {
        String details = report.findings().entrySet().stream()
                .filter(finding -> finding.getValue().isBlocking())
                .map(finding -> finding.getKey() + ": " + finding.getValue().detail())
                .collect(Collectors.joining("; "));
        return Failure.of(FailureCategory.VALIDATION, details);
    }
}
