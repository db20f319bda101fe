package dev.orchestrator.pipeline;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.validation.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a task through its steps. A task may come here more than once: after a crash, or for a retry. Each step finds out
 * what was done before and goes on from there. Thread-safe; one task is here once at a time.
 */
public final class Pipeline {
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);
    private final ParseStep parse;
    private final ExecuteStep execute;
    private final ValidateStep validate;
    private final PersistStep persist;
    private final ArtifactStore artifacts;
    private final Function<TaskId, Optional<TaskView>> views;
    private final Supplier<RunLimits> limits;
    private final Dispatch dispatch;
    private final Faults faults = new Faults();
    private final EventSink journal;
    private final TimeSource time;

    /**
     * What the pipeline asks of others.
     *
     * @param views how a task that is not over stands
     */
    public record Ports(
            TaskTexts texts,
            Mediator mediator,
            Templates templates,
            Agent agent,
            ManifestScanner scanner,
            ArtifactStore artifacts,
            Function<TaskId, Optional<TaskView>> views,
            Dispatch dispatch,
            EventSink journal) {}

    public Pipeline(Home home, Ports ports, Supplier<RunLimits> limits, RandomGenerator random, TimeSource time) {
        List<Path> own = home.own();
        this.journal = ports.journal();
        this.dispatch = ports.dispatch();
        this.limits = limits;
        this.artifacts = ports.artifacts();
        this.views = ports.views();
        this.time = time;
        this.parse = new ParseStep(ports.texts(), ports.mediator(), ports.templates(), journal);
        this.execute = executeStep(home, ports, own, limits, random);
        this.validate = new ValidateStep(own, journal);
        ArtifactBuilder builder = new ArtifactBuilder(home, limits);
        this.persist = new PersistStep(home, artifacts, builder, journal, time);
    }

    private ExecuteStep executeStep(
            Home home, Ports ports, List<Path> own, Supplier<RunLimits> limits, RandomGenerator random) {
        Agent agent = ports.agent();
        WorkingDirectory workingDirectory = new WorkingDirectory(ports.scanner());
        Attempts attempts = new Attempts(home, own, limits, workingDirectory, ports.dispatch(), journal);
        WorkCollector work = new WorkCollector(agent, attempts, workingDirectory, journal);
        AttemptEnd end = new AttemptEnd(
                work, workingDirectory, limits, new RetryPolicy(random), ports.dispatch(), journal, time);
        LeftByEarlierDaemon left = new LeftByEarlierDaemon(agent, attempts, work, workingDirectory, end, journal, time);
        NextSession sessions = new NextSession(agent, attempts, UUID::randomUUID);
        return new ExecuteStep(agent, attempts, left, end, sessions, ports.dispatch(), journal, time);
    }

    /** Runs {@code task} as far as it can go now. */
    public Outcome run(Task task, Cancellation cancellation) throws InterruptedException {
        Optional<Outcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            outcome = attemptToRun(task, cancellation);
        }
        return outcome.get();
    }

    /** Empty when it is to be tried again, after a wait that is over. */
    private Optional<Outcome> attemptToRun(Task task, Cancellation cancellation) throws InterruptedException {
        Optional<TaskView> active = views.apply(task.id());
        if (active.isEmpty()) {
            // Ended in the moment between its acceptance and its coming here.
            log.warn("Task {} is over already and is not run.", task.id());
            return Optional.of(new Outcome.LeftForNextStart());
        }
        try {
            Outcome outcome = goOn(active.get(), cancellation);
            faults.none(task.id());
            return Optional.of(outcome);
        } catch (IOException | UncheckedIOException e) {
            return afterFault(task, e, cancellation);
        }
    }

    private Outcome goOn(TaskView view, Cancellation cancellation) throws IOException, InterruptedException {
        Optional<Artifact> published = published(view);
        @Nullable TaskStatus cancelled = isCancelled(view, cancellation) ? TaskStatus.CANCELLED : null;
        return published.isPresent() ? goOnFrom(view, published.get(), cancelled) : steps(view, cancellation);
    }

    /**
     * A task for which an agent may be at work, or has done its work, keeps its worker and its directory: nobody else may come
     * between, and what is done is to be written down as soon as it can, whatever holds other tasks back.
     */
    private Optional<Outcome> afterFault(Task task, Exception e, Cancellation cancellation)
            throws InterruptedException {
        if (!hasWork(view(task))) {
            return Optional.of(later(task, e));
        }
        dispatch.ownFilesFailed(e);
        Duration wait = faults.shortly(task.id());
        log.warn(
                "Task {}: a file of the orchestrator cannot be used; it is tried again in {} ms: {}",
                task.id(),
                wait.toMillis(),
                e.toString());
        return daemonEnds(cancellation, wait) ? Optional.of(new Outcome.LeftForNextStart()) : Optional.empty();
    }

    /** Waits {@code atMost}; true when the daemon is about to end. */
    private static boolean daemonEnds(Cancellation cancellation, Duration atMost) throws InterruptedException {
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            // It has said all that it will ever say.
            TimeUnit.NANOSECONDS.sleep(atMost.toNanos());
            return false;
        }
        return cancellation.awaitEndNear(atMost) && cancellation.reason() != Cancellation.Reason.CANCELLED;
    }

    private static boolean hasWork(TaskView view) {
        return view.openAttempt().isPresent() || view.decisiveAttempt().isPresent();
    }

    /**
     * Our own files failed: a full disk, a directory without permission. That is no fault of the task. Everything here can
     * be done again, and nothing is that is done.
     */
    private Outcome later(Task task, Exception e) {
        boolean everybodyWaits = dispatch.ownFilesFailed(e);
        if (!everybodyWaits) {
            log.warn("Task {} waits, since a file of the orchestrator cannot be used: {}", task.id(), e.toString());
        }
        Instant earliest = everybodyWaits ? time.now() : time.now().plus(faults.next(task.id()));
        String reason = "a file of the orchestrator cannot be used: " + e;
        journal.emit(new TaskEvent.TaskDeferred(task.id(), view(task).turn(), reason, earliest));
        return new Outcome.RetryAt(earliest);
    }

    /** Ends {@code task} without running it. */
    public Outcome end(Task task, TaskStatus status, @Nullable Failure failure) {
        try {
            TaskView view = withoutRun(view(task));
            Optional<Artifact> published = published(view);
            return published.isPresent()
                    ? goOnFrom(view, published.get(), status)
                    : persist(TurnEnd.withoutWork(view, status, failure, null));
        } catch (IOException | UncheckedIOException e) {
            return later(task, e);
        }
    }

    /** How the task stands when nothing is at work for it any more. */
    private TaskView withoutRun(TaskView view) {
        if (view.openAttempt().isEmpty()) {
            return view;
        }
        try {
            execute.abandon(view, limits.get().clocks().stopGrace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.commit(List.of());
        return view(view.task());
    }

    private Outcome steps(TaskView view, Cancellation cancellation) throws IOException, InterruptedException {
        if (isCancelled(view, cancellation) && !view.openAttempt().isPresent()) {
            return persist(TurnEnd.withoutWork(view, TaskStatus.CANCELLED, null, null));
        }
        Optional<Failure> poisoned = poisoned(view);
        if (poisoned.isPresent()) {
            return persist(TurnEnd.withoutWork(view, TaskStatus.FAILED, poisoned.get(), null));
        }
        ParseStep.Result understood = step(view, Step.PARSE, () -> parse.run(view.task(), view.turn()));
        if (understood instanceof ParseStep.Result.Failed failed) {
            TaskView ended = withoutRun(view(view.task()));
            return persist(TurnEnd.withoutWork(ended, TaskStatus.FAILED, failed.failure(), null));
        }
        ParseStep.Parsed parsed = ((ParseStep.Result.Done) understood).parsed();
        ExecuteStep.Result executed = step(view, Step.EXECUTE, () -> execute.run(new Turn(view, parsed), cancellation));
        if (executed instanceof ExecuteStep.Result.NotNow notNow) {
            return notNow.outcome();
        }
        TaskView after = view(view.task());
        if (executed instanceof ExecuteStep.Result.Refused refused) {
            return persist(TurnEnd.withoutWork(after, TaskStatus.FAILED, refused.failure(), parsed));
        }
        if (executed instanceof ExecuteStep.Result.Cancelled cancelled) {
            return persist(new TurnEnd(after, TaskStatus.CANCELLED, null, parsed, cancelled.work(), null));
        }
        ExecuteStep.Result.Done done = (ExecuteStep.Result.Done) executed;
        return isCancelled(after, cancellation)
                ? persist(new TurnEnd(after, TaskStatus.CANCELLED, null, parsed, done.work(), null))
                : judge(after, parsed, done, cancellation);
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
            return persist(new TurnEnd(view, TaskStatus.FAILED, done.failure(), parsed, work, null));
        }
        Optional<String> question = question(parsed, work);
        if (question.isPresent()) {
            journal.emit(new TaskEvent.QuestionAsked(
                    view.id(), view.turn(), view.attempts().size(), question.get()));
            Failure asked = Failure.of(FailureCategory.INTERACTIVE, "the agent asked: " + question.get());
            return persist(new TurnEnd(view, TaskStatus.AWAITING_REPLY, asked, parsed, work, null));
        }
        ValidationReport report = step(view, Step.VALIDATE, () -> validate.run(view.task(), view.turn(), parsed, work));
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            return persist(new TurnEnd(view, TaskStatus.CANCELLED, null, parsed, work, report));
        }
        if (!report.isValid()) {
            return persist(new TurnEnd(view, TaskStatus.FAILED, invalid(report), parsed, work, report));
        }
        return persist(new TurnEnd(view, TaskStatus.SUCCEEDED, null, parsed, work, report));
    }

    /** One that is marked always counts; what only looks like one, when there is nothing else to show for the work. */
    private static Optional<String> question(ParseStep.Parsed parsed, Work work) {
        String said = work.report().text();
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

    private Outcome persist(TurnEnd end) throws IOException {
        try {
            step(end.view(), Step.PERSIST, () -> {
                persist.run(end);
                return end;
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException("persisting does not wait", e);
        }
        return outcome(end.status());
    }

    /**
     * The artifact was published and the daemon died before it could say so, or it waits for a person.
     *
     * @param wanted how it is to end that waits; null when it may go on waiting
     */
    private Outcome goOnFrom(TaskView view, Artifact artifact, @Nullable TaskStatus wanted) throws IOException {
        if (artifact.status().awaitsPerson() && wanted != null) {
            persist.end(artifact, wanted, null);
            return outcome(wanted);
        }
        boolean ended = view.status().isFinal() || view.status().awaitsPerson();
        if (!ended) {
            // It may have been put back into the queue when our own disk failed; what follows is the end of one that
            // runs.
            journal.emit(new TaskEvent.StepStarted(view.id(), view.turn(), Step.PERSIST));
        }
        persist.announce(artifact);
        return outcome(artifact.status());
    }

    private Optional<Artifact> published(TaskView view) throws IOException {
        return artifacts.published(view.id(), view.turn(), time.now());
    }

    private static Outcome outcome(TaskStatus status) {
        return status.isFinal() ? new Outcome.Finished(status) : new Outcome.Waiting(status);
    }

    private TaskView view(Task task) {
        return views.apply(task.id())
                .orElseThrow(() -> new IllegalStateException("task " + task.id() + " is not in the journal"));
    }

    @FunctionalInterface
    private interface Doing<T> {
        T run() throws IOException, InterruptedException;
    }

    private <T> T step(TaskView view, Step step, Doing<T> doing) throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        journal.emit(new TaskEvent.StepStarted(view.id(), view.turn(), step));
        T result = doing.run();
        boolean goesOnLater = result instanceof ExecuteStep.Result.NotNow;
        // The end of persisting is the turn's.
        if (step != Step.PERSIST && !goesOnLater) {
            journal.emit(new TaskEvent.StepFinished(
                    view.id(), view.turn(), step, watch.elapsed().toMillis(), step.percentAfter()));
        }
        return result;
    }
}
