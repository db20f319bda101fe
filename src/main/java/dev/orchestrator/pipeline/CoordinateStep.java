package dev.orchestrator.pipeline;

import dev.orchestrator.mediator.Coordinator;
import dev.orchestrator.mediator.Coordinator.Decision;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Coordination;
import dev.orchestrator.task.CoordinatorEvent.CoordinatorAway;
import dev.orchestrator.task.CoordinatorEvent.CoordinatorMoved;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a local model say what the agent is to do next, move by move, until it calls the task done. Each move is on disk before
 * anything comes of it. That it calls the task done is a claim: the work is judged as any other is. Thread-safe.
 */
final class CoordinateStep {
    private static final int MOST_IDLE = 3;
    private static final Duration SHORTLY = Duration.ofMinutes(1);

    private final Coordinator coordinator;
    private final MoveEffects effects;
    private final Situations situations;
    private final WorkingDirectory workingDirectory;
    private final Supplier<RunLimits> limits;
    private final Dispatch dispatch;
    private final Function<TaskId, Optional<TaskView>> views;
    private final EventSink journal;
    private final TimeSource time;

    CoordinateStep(
            Coordinator coordinator,
            MoveEffects effects,
            Situations situations,
            WorkingDirectory workingDirectory,
            Supplier<RunLimits> limits,
            Dispatch dispatch,
            Function<TaskId, Optional<TaskView>> views,
            EventSink journal,
            TimeSource time) {
        this.coordinator = coordinator;
        this.effects = effects;
        this.situations = situations;
        this.workingDirectory = workingDirectory;
        this.limits = limits;
        this.dispatch = dispatch;
        this.views = views;
        this.journal = journal;
        this.time = time;
    }

    /** What came of the step. */
    sealed interface Result {
        /** The agent is to run. */
        record GoesOn() implements Result {}

        /** The work is to be judged. */
        record Finished() implements Result {}

        /** Nothing more comes of the turn. */
        record Failed(Failure failure) implements Result {}

        record NotNow(Outcome outcome) implements Result {}

        /** The task or the daemon is to end. */
        record Stopped() implements Result {}
    }

    /** True when somebody has to say what the agent is to do before it is started. */
    static boolean isDueFirst(TaskView view) {
        return view.task().spec().isCoordinated()
                && view.attempts().isEmpty()
                && view.notes().coordination().runs() == 0;
    }

    /** True when the coordinator has a say in what comes of {@code done}: of a good end, and where less at a time helps. */
    static boolean isDueAfter(TaskView view, ExecuteStep.Result.Done done) {
        Failure failure = done.failure();
        boolean concerns = failure == null
                || failure.category() == FailureCategory.MAX_TURNS
                || failure.category() == FailureCategory.TIMEOUT_TOTAL;
        return view.task().spec().isCoordinated() && concerns;
    }

    /** @param done what the agent came to last; null before its first run */
    Result run(
            TaskView before, ParseStep.Parsed parsed, ExecuteStep.Result.@Nullable Done done, Cancellation cancellation)
            throws IOException, InterruptedException {
        TaskView view = before;
        Optional<Result> known = conclusion(view);
        if (known.isEmpty() && parsed.problem() != null) {
            // Whoever cannot see what the task asks for cannot say that it is done either.
            return new Result.Failed(parsed.problem());
        }
        while (known.isEmpty()) {
            Optional<Failure> stuck = stuck(view);
            if (stuck.isPresent()) {
                return new Result.Failed(stuck.get());
            }
            Decision decision = coordinator.next(
                    situations.of(view, parsed, done), new Errand(view.id(), view.turn(), cancellation));
            if (!(decision instanceof Decision.Moves chosen)) {
                return withoutMove(view, decision, done);
            }
            Optional<Failure> overspent =
                    chosen.move().tool() == Move.Tool.RUN_AGENT ? dispatch.overspent(view) : Optional.empty();
            if (overspent.isPresent()) {
                return new Result.Failed(overspent.get());
            }
            make(view, chosen.move(), parsed, done);
            view = views.apply(view.id()).orElseThrow();
            known = conclusion(view);
        }
        return known.get();
    }

    /** What the last move leads to; empty when another one is due. */
    private static Optional<Result> conclusion(TaskView view) {
        Optional<Coordination.Made> last = view.notes()
                .coordination()
                .last()
                .filter(made ->
                        !made.idle() && made.afterAttempt() == view.attempts().size());
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Move move = last.get().move();
        return switch (move.tool()) {
            case RUN_AGENT -> Optional.of(new Result.GoesOn());
            case FINISH -> Optional.of(new Result.Finished());
            case GIVE_UP ->
                Optional.of(new Result.Failed(
                        Failure.of(FailureCategory.COORDINATION, "the coordinator gave up: " + move.text())));
            case READ_FILE, LAST_RESULT, NONE -> Optional.empty();
        };
    }

    private Optional<Failure> stuck(TaskView view) {
        Coordination coordination = view.notes().coordination();
        String problem = null;
        if (coordination.idle() >= MOST_IDLE) {
            problem = "the coordinator came no further: its last " + MOST_IDLE + " moves brought nothing new";
        } else if (coordination.moves().size() >= limits.get().led().moves()) {
            problem = "the coordinator made " + coordination.moves().size()
                    + " moves and was not done (`coordinator.moves`)";
        }
        return Optional.ofNullable(problem).map(text -> Failure.of(FailureCategory.COORDINATION, text));
    }

    private Result withoutMove(TaskView view, Decision decision, ExecuteStep.Result.@Nullable Done done)
            throws IOException {
        if (decision instanceof Decision.Unable unable) {
            return new Result.Failed(
                    Failure.of(FailureCategory.CONFIG, unable.problem()).suggesting(unable.remedy()));
        }
        return decision instanceof Decision.Away away ? away(view, away.problem(), done) : new Result.Stopped();
    }

    /**
     * What is not there for a while is waited for, as long as for anything else outside. Others may work in the directory
     * meanwhile, and what they change is not the task's.
     */
    private Result away(TaskView view, String problem, ExecuteStep.Result.@Nullable Done done) throws IOException {
        Instant now = time.now();
        Instant since = view.notes().coordination().waitingSince();
        Duration most = limits.get().outage();
        if (most.isZero() || (since != null && now.isAfter(since.plus(most)))) {
            return new Result.Failed(
                    Failure.of(FailureCategory.NETWORK, "the coordinator could not be asked: " + problem)
                            .suggesting("See to it that Ollama answers (`doctor` tries it), then `retry` the task."));
        }
        if (done != null) {
            workingDirectory.keepChanges(done.attempt());
        }
        Instant earliest = now.plus(SHORTLY);
        journal.commit(new CoordinatorAway(view.id(), view.turn(), problem, earliest));
        return new Result.NotNow(new Outcome.RetryAt(earliest));
    }

    private void make(TaskView view, Move move, ParseStep.Parsed parsed, ExecuteStep.Result.@Nullable Done done)
            throws IOException {
        MoveEffects.Effect effect = effects.of(move, view, parsed, done);
        if (move.tool() == Move.Tool.RUN_AGENT && !effect.idle() && done != null) {
            workingDirectory.keepChanges(done.attempt());
        }
        Move narrowed = effect.move();
        journal.commit(new CoordinatorMoved(
                view.id(),
                view.turn(),
                view.notes().coordination().moves().size() + 1,
                narrowed.tool(),
                narrowed.text(),
                narrowed.readOnly(),
                narrowed.tools(),
                view.attempts().size(),
                situations.seen(view, done),
                effect.outcome(),
                effect.idle()));
    }
}
