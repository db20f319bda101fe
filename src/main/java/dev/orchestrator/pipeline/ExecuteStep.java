package dev.orchestrator.pipeline;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.AttemptFinished;
import dev.orchestrator.task.TaskEvent.AttemptStarted;
import dev.orchestrator.task.TaskEvent.FilesModified;
import dev.orchestrator.task.TaskEvent.RetryScheduled;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets the agent to do the turn, once. An attempt that the journal knows of and whose end it does not know is taken over
 * first; only when there is none, or it is gone for good, a new one is started, and its intent is on disk before its process
 * exists.
 */
final class ExecuteStep {
    private static final int MOST_FILES_IN_EVENT = 50;
    private static final Failure CANCELLED = new Failure(
            FailureCategory.KILLED, "the task was cancelled", "Drop it again if it is still wanted.", false);

    private final Agent agent;
    private final WorkingDirectory workingDirectory;
    private final Function<TaskId, Path> runDirectory;
    private final List<Path> own;
    private final Supplier<RunLimits> limits;
    private final RetryPolicy retries;
    private final EventSink journal;
    private final Supplier<UUID> sessionIds;
    private final TimeSource time;

    ExecuteStep(
            Agent agent,
            WorkingDirectory workingDirectory,
            Function<TaskId, Path> runDirectory,
            List<Path> own,
            Supplier<RunLimits> limits,
            RetryPolicy retries,
            EventSink journal,
            Supplier<UUID> sessionIds,
            TimeSource time) {
        this.agent = agent;
        this.workingDirectory = workingDirectory;
        this.runDirectory = runDirectory;
        this.own = List.copyOf(own);
        this.limits = limits;
        this.retries = retries;
        this.journal = journal;
        this.sessionIds = sessionIds;
        this.time = time;
    }

    /** What came of the step. */
    sealed interface Result {
        /** The agent is done with the turn; with {@code failure} null by its own report in good order. */
        record Done(@Nullable Failure failure, Work work) implements Result {}

        record Cancelled(Work work) implements Result {}

        /** Not now: a retry, or the daemon is going down. */
        record NotNow(Outcome outcome) implements Result {}

        /** The agent was not started at all. */
        record Refused(Failure failure) implements Result {}
    }

    Result run(TaskView view, ParseStep.Parsed parsed, Cancellation cancellation)
            throws IOException, InterruptedException {
        Optional<Failure> refusal = refusal(view.task()).or(() -> RetryPolicy.poisoned(view.attempts()));
        boolean begun = view.openAttempt().isPresent() || view.decisiveAttempt().isPresent();
        if (refusal.isPresent() && !begun) {
            return new Result.Refused(refusal.get());
        }
        List<AttemptView> attempts = new ArrayList<>(view.attempts());
        Optional<AttemptView> decisive = view.decisiveAttempt();
        if (decisive.isPresent()) {
            return concludedBefore(view, parsed, decisive.get());
        }
        Optional<AttemptView> open = view.openAttempt();
        if (open.isPresent()) {
            Optional<Result> taken = takeOver(view, parsed, open.get(), attempts, cancellation);
            if (taken.isPresent()) {
                return taken.get();
            }
            Optional<Failure> poisoned = RetryPolicy.poisoned(attempts);
            if (poisoned.isPresent()) {
                return new Result.Refused(poisoned.get());
            }
        }
        return start(view, parsed, attempts, cancellation);
    }

    /** The attempt's end is in the journal, but the daemon died before it had drawn the conclusion. */
    private Result concludedBefore(TaskView view, ParseStep.Parsed parsed, AttemptView attempt) throws IOException {
        AgentRequest request = request(view, parsed, attempt.number(), attempt.sessionId(), attempt.startedAt(), false);
        AttemptObserver observer = observer(view, attempt.number(), request, attempt.violations());
        AgentReport report = agent.report(request, attempt, observer);
        return new Result.Done(attempt.failure(), work(view, request, attempt.number(), report, observer));
    }

    private Optional<Result> takeOver(
            TaskView view,
            ParseStep.Parsed parsed,
            AttemptView open,
            List<AttemptView> attempts,
            Cancellation cancellation)
            throws IOException, InterruptedException {
        AgentRequest request = request(view, parsed, open.number(), open.sessionId(), open.startedAt(), false);
        AttemptObserver observer = observer(view, open.number(), request, open.violations());
        Optional<AgentResult> result = agent.takeOver(request, open, observer, cancellation);
        if (result.isPresent()) {
            return Optional.of(conclude(view, request, open.number(), attempts, result.get(), observer));
        }
        Failure lost = Failure.of(FailureCategory.KILLED, "the run was gone when the orchestrator came back");
        journal.emit(new AttemptFinished(
                view.id(), view.turn(), open.number(), lost, true, null, since(open.startedAt()), 0, null));
        attempts.remove(open);
        attempts.add(open.ended(time.now(), lost, true, null));
        return Optional.empty();
    }

    private Result start(TaskView view, ParseStep.Parsed parsed, List<AttemptView> attempts, Cancellation cancellation)
            throws IOException, InterruptedException {
        int number = attempts.size() + 1;
        Optional<String> session = resumable(view, parsed, attempts);
        String sessionId = session.orElseGet(() -> sessionIds.get().toString());
        AgentRequest request = request(view, parsed, number, sessionId, time.now(), session.isPresent());
        workingDirectory.remember(request.directory(), request.files());
        journal.commit(
                new AttemptStarted(view.id(), view.turn(), number, agent.name(), sessionId, session.isPresent()));
        AttemptObserver observer = observer(view, number, request, 0);
        AgentResult result = agent.run(request, observer, cancellation);
        attempts.add(new AttemptView(view.turn(), number, agent.name(), sessionId, request.startedAt()));
        return conclude(view, request, number, attempts, result, observer);
    }

    /** The session of the last attempt, if that was cut off by our own end and left one behind. */
    private Optional<String> resumable(TaskView view, ParseStep.Parsed parsed, List<AttemptView> attempts) {
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        AttemptView last = attempts.get(attempts.size() - 1);
        AgentRequest request = request(view, parsed, last.number(), last.sessionId(), last.startedAt(), false);
        return last.lost() && agent.canResume(request) ? Optional.of(last.sessionId()) : Optional.empty();
    }

    private Result conclude(
            TaskView view,
            AgentRequest request,
            int number,
            List<AttemptView> attempts,
            AgentResult result,
            AttemptObserver observer)
            throws IOException {
        if (result instanceof AgentResult.LeftRunning) {
            return new Result.NotNow(new Outcome.LeftForNextStart());
        }
        if (result instanceof AgentResult.StoppedForShutdown stopped) {
            journal.commit(finished(view, number, null, true, stopped.report()));
            return new Result.NotNow(new Outcome.LeftForNextStart());
        }
        if (result instanceof AgentResult.Cancelled cancelled) {
            journal.emit(finished(view, number, CANCELLED, false, cancelled.report()));
            return new Result.Cancelled(work(view, request, number, cancelled.report(), observer));
        }
        AgentResult.Ended ended = (AgentResult.Ended) result;
        AttemptFinished end = finished(view, number, ended.failure(), false, ended.report());
        if (ended.failure() != null) {
            int allowed = view.task().spec().retries() == null
                    ? limits.get().retries()
                    : view.task().spec().retries();
            Optional<Duration> delay = retries.delay(ended.failure(), attempts, allowed);
            if (delay.isPresent()) {
                return retry(view, number, end, ended.failure(), delay.get());
            }
        }
        journal.emit(end);
        return new Result.Done(ended.failure(), work(view, request, number, ended.report(), observer));
    }

    private Result retry(TaskView view, int number, AttemptFinished end, Failure failure, Duration delay) {
        Instant notBefore = time.now().plus(delay);
        journal.commit(List.of(end, new RetryScheduled(view.id(), view.turn(), number, failure.category(), notBefore)));
        return new Result.NotNow(new Outcome.RetryAt(notBefore));
    }

    private Work work(TaskView view, AgentRequest request, int number, AgentReport report, AttemptObserver observer)
            throws IOException {
        WorkingDirectory.Seen seen = workingDirectory.look(request.directory(), request.files());
        if (!seen.changes().isEmpty()) {
            List<String> paths = seen.changes().stream()
                    .map(change -> change.path())
                    .limit(MOST_FILES_IN_EVENT)
                    .toList();
            journal.emit(new FilesModified(
                    view.id(), view.turn(), number, paths, seen.changes().size()));
        }
        return new Work(report, request.files(), seen.changes(), seen.unread(), seen.present(), observer.crossings());
    }

    private AttemptFinished finished(
            TaskView view, int number, @Nullable Failure failure, boolean lost, AgentReport report) {
        return new AttemptFinished(
                view.id(),
                view.turn(),
                number,
                failure,
                lost,
                report.exitCode(),
                report.duration().toMillis(),
                report.numTurns(),
                report.costUsd());
    }

    private AgentRequest request(
            TaskView view, ParseStep.Parsed parsed, int number, String sessionId, Instant startedAt, boolean resume) {
        return Requests.of(
                view,
                parsed,
                limits.get(),
                new RunFiles(runDirectory.apply(view.id()), view.turn(), number),
                sessionId,
                startedAt,
                resume);
    }

    private AttemptObserver observer(TaskView view, int number, AgentRequest request, int alreadyTold) {
        Boundary boundary = new Boundary(request.directory(), request.readRoots(), own);
        return new AttemptObserver(view.id(), view.turn(), number, boundary, journal, alreadyTold);
    }

    private long since(Instant start) {
        return Duration.between(start, time.now()).toMillis();
    }

    /** The directory was checked when the task was accepted; it may have gone, or have become a link, since. */
    private static Optional<Failure> refusal(Task task) {
        Path directory = Path.of(task.directory());
        try {
            return directory.toRealPath().equals(directory)
                    ? Optional.empty()
                    : Optional.of(Failure.of(
                            FailureCategory.PERMISSION,
                            "the working directory " + directory + " is not where it was when the task was accepted"));
        } catch (IOException e) {
            return Optional.of(
                    Failure.of(FailureCategory.CONFIG, "the working directory " + directory + " cannot be used: " + e)
                            .suggesting("Make sure that it exists, then drop the task again."));
        }
    }
}
