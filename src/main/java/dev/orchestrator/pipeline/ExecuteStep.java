package dev.orchestrator.pipeline;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.Agents;
import dev.orchestrator.files.Refused;
import dev.orchestrator.task.AttemptEvent.AttemptStarted;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskDeferred;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gets the agent to do the turn, once. An attempt that the journal knows of and whose end it does not know is taken over
 * first; only when there is none, or it is gone for good, a new one is started, and its intent is on disk before its process
 * exists.
 */
final class ExecuteStep {
    private final Agents agents;
    private final Workplaces places;
    private final Attempts attempts;
    private final LeftByEarlierDaemon left;
    private final AttemptEnd end;
    private final EventSink journal;
    private final NextSession sessions;
    private final Dispatch dispatch;
    private final Function<TaskId, Optional<TaskView>> views;
    private final TimeSource time;

    ExecuteStep(
            Agents agents,
            Workplaces places,
            Attempts attempts,
            LeftByEarlierDaemon left,
            AttemptEnd end,
            NextSession sessions,
            Dispatch dispatch,
            EventSink journal,
            Function<TaskId, Optional<TaskView>> views,
            TimeSource time) {
        this.views = views;
        this.agents = agents;
        this.places = places;
        this.attempts = attempts;
        this.left = left;
        this.end = end;
        this.sessions = sessions;
        this.dispatch = dispatch;
        this.journal = journal;
        this.time = time;
    }

    /** What came of the step. */
    sealed interface Result {
        /** The agent is done with the turn; with {@code failure} null by its own report in good order. */
        record Done(@Nullable Failure failure, Work work, Attempt attempt) implements Result {}

        /** @param work null when there was none */
        record Cancelled(@Nullable Work work) implements Result {}

        /** Not now: a retry, or the daemon is going down. */
        record NotNow(Outcome outcome) implements Result {}

        /** The agent was not started at all. */
        record Refused(Failure failure) implements Result {}
    }

    Result run(Turn turn, Cancellation cancellation) throws IOException, InterruptedException {
        dispatch.wishes(turn.view().task(), turn.parsed().terms().model());
        Optional<AttemptView> decisive = turn.view().decisiveAttempt();
        if (decisive.isPresent()) {
            Optional<Result> concluded = left.conclude(turn, decisive.get());
            if (concluded.isPresent()) {
                return concluded.get();
            }
        }
        Optional<AttemptView> open = turn.view().openAttempt();
        if (open.isEmpty()) {
            return begin(turn, cancellation);
        }
        Optional<Result> taken = left.takeOver(turn, open.get(), cancellation);
        if (taken.isPresent()) {
            return taken.get();
        }
        // What the lost run came to counts before its successor begins.
        journal.commit(List.of());
        TaskView now = views.apply(turn.id()).orElseThrow();
        return begin(new Turn(now, turn.parsed()), cancellation);
    }

    private Result begin(Turn turn, Cancellation cancellation) throws IOException, InterruptedException {
        List<AttemptView> known = new ArrayList<>(turn.view().attempts());
        Optional<Failure> refusal = Optional.ofNullable(turn.parsed().problem())
                .or(() -> RetryPolicy.poisoned(known, turn.view().notes().deaths()))
                .or(() -> dispatch.overspent(turn.view()))
                .or(() -> refusal(turn.view().task()));
        if (refusal.isPresent()) {
            return new Result.Refused(refusal.get());
        }
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            return new Result.Cancelled(null);
        }
        if (cancellation.awaitEndNear(Duration.ZERO) && cancellation.reason() != Cancellation.Reason.CANCELLED) {
            // What begins now would be stopped at once, or be left to somebody else.
            return new Result.NotNow(leftForNextStart(turn.view()));
        }
        return dispatch.admits(turn.view().task()) ? start(turn, known, cancellation) : atTheGate(turn);
    }

    /** The gate has closed since the task came through. */
    private Result atTheGate(Turn turn) {
        Instant now = time.now();
        putBack(turn.view(), "no task is started just now", now);
        return new Result.NotNow(new Outcome.RetryAt(now));
    }

    /** Puts a task back into the queue that nobody is at work for, since the daemon is about to end. */
    Outcome leftForNextStart(TaskView view) {
        putBack(view, "the orchestrator is about to end", time.now());
        return new Outcome.LeftForNextStart();
    }

    private void putBack(TaskView view, String reason, Instant now) {
        journal.emit(new TaskDeferred(view.id(), view.turn(), reason, now));
    }

    /** Sees to it that nothing is at work for a task that is to end without this step. */
    void abandon(TaskView view, Duration grace) throws InterruptedException {
        Optional<AttemptView> open = view.openAttempt();
        if (open.isPresent()) {
            left.abandon(view, open.get(), grace);
        }
    }

    private Result start(Turn turn, List<AttemptView> known, Cancellation cancellation)
            throws IOException, InterruptedException {
        attempts.begin(turn);
        Workplaces.Result place = places.next(turn, cancellation);
        if (place instanceof Workplaces.Result.Refused refused) {
            return new Result.Refused(refused.failure());
        }
        return place instanceof Workplaces.Result.Found found
                ? start(turn, found, known, cancellation)
                : givenUp(turn, cancellation);
    }

    private Result givenUp(Turn turn, Cancellation cancellation) {
        if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            return new Result.Cancelled(null);
        }
        return new Result.NotNow(leftForNextStart(turn.view()));
    }

    private Result start(Turn turn, Workplaces.Result.Found found, List<AttemptView> known, Cancellation cancellation)
            throws IOException, InterruptedException {
        int number = known.size() + 1;
        Workplace place = found.place();
        NextSession.Start start = found.made() ? sessions.anew(turn) : sessions.after(turn, known);
        Optional<Attempt> next = attempts.next(turn, number, place, start, time.now());
        if (next.isEmpty()) {
            return atTheGate(turn);
        }
        Attempt attempt = next.get();
        Agent agent = agents.of(turn.view().task());
        journal.commit(new AttemptStarted(
                turn.id(),
                turn.number(),
                number,
                agent.name(),
                start.id(),
                start.resume(),
                attempt.setAside(),
                place.journalled()));
        dispatch.begun(turn.id());
        AgentResult result = agent.run(attempt.request(), attempt.observer(), cancellation);
        known.add(new AttemptView(
                turn.number(),
                number,
                new AttemptView.Begin(
                        agent.name(),
                        start.id(),
                        start.resume(),
                        attempt.request().startedAt(),
                        attempt.setAside(),
                        place.journalled())));
        return end.conclude(attempt, result, known);
    }

    /** The directory was checked when the task was accepted; it may have gone, or have become a link, since. */
    private static Optional<Failure> refusal(Task task) {
        Path directory = Path.of(task.directory());
        try {
            return directory.toRealPath().equals(directory)
                    ? Optional.empty()
                    : Optional.of(Failure.of(
                                    FailureCategory.PERMISSION,
                                    "the working directory " + directory
                                            + " is not where it was when the task was accepted")
                            .suggesting("Put the directory back, then `retry` the task."));
        } catch (NoSuchFileException e) {
            return Optional.of(
                    Failure.of(FailureCategory.CONFIG, "the working directory " + directory + " is not there any more")
                            .suggesting(
                                    "Put the directory back where it was, then `retry` the task; or `submit` what is still to be"
                                            + " done as a new task in the place where it is now."));
        } catch (IOException e) {
            return Optional.of(Failure.of(
                            FailureCategory.CONFIG,
                            "the working directory " + directory + " cannot be used: " + Refused.words(e))
                    .suggesting("Make sure that the daemon's user may enter it, then `retry` the task."));
        }
    }
}
