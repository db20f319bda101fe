package dev.orchestrator.pipeline;

import dev.orchestrator.acceptance.CommandRunner;
import dev.orchestrator.agent.Agents;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.ContextLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.guard.GuardedReader;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.guard.staging.Staging;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.mediator.Coordinator;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a task through its steps. A task may come here more than once: after a crash, or for a retry. Each step finds out
 * what was done before and goes on from there. Thread-safe; one task is here once at a time.
 */
public final class Pipeline {
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);
    private final TurnSteps steps;
    private final Function<TaskId, Optional<TaskView>> views;
    private final Dispatch dispatch;
    private final Faults faults = new Faults();
    private final EventSink journal;
    private final TimeSource time;

    /**
     * What the pipeline asks of others.
     *
     * @param reader of files for the coordinator
     * @param views how a task that is not over stands
     * @param redactor hides what no record may say
     */
    public record Ports(
            TaskTexts texts,
            Mediator mediator,
            Coordinator coordinator,
            GuardedReader reader,
            Templates templates,
            Agents agents,
            CommandRunner commands,
            ManifestScanner scanner,
            Staging staging,
            ArtifactStore artifacts,
            ContextLoader context,
            Function<TaskId, Optional<TaskView>> views,
            Dispatch dispatch,
            Redactor redactor,
            EventSink journal) {}

    public Pipeline(Home home, Ports ports, Supplier<RunLimits> limits, RandomGenerator random, TimeSource time) {
        this.journal = ports.journal();
        this.dispatch = ports.dispatch();
        this.views = ports.views();
        this.time = time;
        List<Path> own = home.own();
        StepEvents events = new StepEvents(journal, time);
        PersistStep persist = new PersistStep(
                home,
                ports.artifacts(),
                new ArtifactBuilder(home, ports.artifacts(), limits, ports.redactor()),
                ports.redactor(),
                journal,
                time);
        Workplaces places = new Workplaces(home, ports.staging(), limits);
        WorkingDirectory workingDirectory = new WorkingDirectory(scanners(ports));
        ApprovalStep approvals = new ApprovalStep(home, ports.staging(), persist, journal);
        GuardedTurns guarded = new GuardedTurns(home, ports.staging(), places, workingDirectory);
        this.steps = new TurnSteps(
                new ParseStep(
                        ports.texts(),
                        ports.mediator(),
                        ports.templates(),
                        ports.context(),
                        new Redaction(ports.redactor()),
                        journal),
                executeStep(home, ports, places, workingDirectory, limits, random),
                coordinateStep(ports, workingDirectory, limits),
                new JudgeStep(
                        new ValidateStep(own, ports.mediator(), journal),
                        new AcceptanceStep(
                                ports.commands(),
                                workingDirectory,
                                limits,
                                ports.dispatch(),
                                new Redaction(ports.redactor()),
                                journal),
                        new Answers(ports.mediator(), workingDirectory, limits, ports.dispatch(), journal),
                        ports.mediator(),
                        () -> limits.get().watched().failing(),
                        ports.redactor(),
                        events,
                        journal),
                new Publication(persist, ports.artifacts(), guarded, approvals, events, time),
                approvals,
                events,
                views,
                () -> limits.get().clocks().stopGrace(),
                journal);
    }

    private CoordinateStep coordinateStep(Ports ports, WorkingDirectory workingDirectory, Supplier<RunLimits> limits) {
        ProjectReader reader = new ProjectReader(ports.reader(), limits);
        return new CoordinateStep(
                ports.coordinator(),
                new MoveEffects(reader, limits),
                new Situations(reader, limits, ports.redactor()),
                workingDirectory,
                limits,
                dispatch,
                views,
                journal,
                time);
    }

    /** A copy is looked at whole, wherever it lies. */
    private static WorkingDirectory.Scanners scanners(Ports ports) {
        ManifestScanner ofCopies = new ManifestScanner(List.of());
        return directory -> ports.staging().contains(directory) ? ofCopies : ports.scanner();
    }

    private ExecuteStep executeStep(
            Home home,
            Ports ports,
            Workplaces places,
            WorkingDirectory workingDirectory,
            Supplier<RunLimits> limits,
            RandomGenerator random) {
        Agents agents = ports.agents();
        SentinelWatch sentinels = new SentinelWatch(limits, journal);
        Attempts attempts = new Attempts(home, limits, places, workingDirectory, sentinels, ports.dispatch(), journal);
        WorkCollector work = new WorkCollector(agents, attempts, workingDirectory, sentinels, journal);
        AttemptEnd end = new AttemptEnd(
                work, workingDirectory, limits, new RetryPolicy(random), ports.dispatch(), journal, time);
        LeftByEarlierDaemon left =
                new LeftByEarlierDaemon(agents, attempts, work, workingDirectory, end, journal, time);
        NextSession sessions = new NextSession(agents, attempts, UUID::randomUUID);
        return new ExecuteStep(agents, places, attempts, left, end, sessions, ports.dispatch(), journal, views, time);
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
            // Cancelled in the moment between its acceptance and its coming here.
            log.warn("Task {} is over already and is not run.", task.id());
            return Optional.of(new Outcome.Finished(TaskStatus.CANCELLED));
        }
        try {
            Outcome outcome = steps.goOn(active.get(), cancellation);
            faults.none(task.id());
            return Optional.of(outcome);
        } catch (IOException | UncheckedIOException e) {
            return afterFault(task, e, cancellation);
        }
    }

    /**
     * A task for which an agent may be at work, or has done its work, keeps its worker and its directory: nobody else may come
     * between, and what is done is to be written down as soon as it can, whatever holds other tasks back.
     */
    private Optional<Outcome> afterFault(Task task, Exception e, Cancellation cancellation)
            throws InterruptedException {
        if (!TurnSteps.hasWork(view(task))) {
            return Optional.of(later(task, e));
        }
        boolean everybodys = dispatch.ownFilesFailed(e);
        Duration wait = faults.shortly(task.id());
        if (!everybodys && faults.areTooMany(task.id())) {
            Failure failure = Failure.of(FailureCategory.INTERNAL, "what its agent left cannot be read: " + e)
                    .suggesting("Look at " + "logs/runs/" + task.id() + "; what is there can be read by hand.");
            return Optional.of(end(task, TaskStatus.FAILED, failure));
        }
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
    public Outcome end(Task task, TaskStatus status, @Nullable Failure failure) throws InterruptedException {
        Optional<TaskView> active = views.apply(task.id());
        if (active.isEmpty()) {
            log.warn("Task {} is over already and is not ended again.", task.id());
            return new Outcome.Finished(status);
        }
        try {
            Outcome outcome = steps.end(active.get(), status, failure);
            faults.none(task.id());
            return outcome;
        } catch (IOException | UncheckedIOException e) {
            dispatch.ownFilesFailed(e);
            Duration wait = faults.shortly(task.id());
            log.warn(
                    "Task {} cannot be ended yet; it is tried again in {} ms: {}",
                    task.id(),
                    wait.toMillis(),
                    e.toString());
            return new Outcome.RetryAt(time.now().plus(wait));
        }
    }

    private TaskView view(Task task) {
        return views.apply(task.id())
                .orElseThrow(() -> new IllegalStateException("task " + task.id() + " is not in the journal"));
    }
}
