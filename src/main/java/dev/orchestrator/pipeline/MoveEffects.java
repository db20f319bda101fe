package dev.orchestrator.pipeline;

import dev.orchestrator.guard.GuardedReader;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Coordination;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.TaskView;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a coordinator's moves come to at once. Nothing here changes anything. Thread-safe. */
final class MoveEffects {
    private final ProjectReader reader;
    private final Supplier<RunLimits> limits;

    MoveEffects(ProjectReader reader, Supplier<RunLimits> limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /**
     * What a move came to.
     *
     * @param move as it counts
     * @param outcome in few words; empty for what the agent is to do
     * @param idle true when it brings nothing new
     */
    record Effect(Move move, String outcome, boolean idle) {}

    Effect of(Move move, TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.@Nullable Done done) {
        return switch (move.tool()) {
            case RUN_AGENT -> run(move, view, parsed);
            case READ_FILE -> read(move, view, done);
            case LAST_RESULT -> look(move, view, done);
            case FINISH -> finish(move, done);
            case GIVE_UP -> new Effect(move, "", false);
            case NONE -> new Effect(move, "nothing was done", true);
        };
    }

    private Effect run(Move move, TaskView view, ParseStep.Parsed parsed) {
        boolean readOnly = move.readOnly() || parsed.terms().access() == Access.READ;
        Move counts = new Move(move.tool(), move.text(), readOnly, move.tools());
        Coordination before = view.notes().coordination();
        if (before.runs() >= limits.get().led().runs()) {
            return new Effect(counts, "the agent may not be run any more", true);
        }
        boolean again =
                before.step(view.attempts().size()).filter(counts::equals).isPresent();
        return again
                ? new Effect(counts, "the agent was told the very same before", true)
                : new Effect(counts, "", false);
    }

    private Effect read(Move move, TaskView view, ExecuteStep.Result.@Nullable Done done) {
        if (sinceLastRun(view).anyMatch(move::equals)) {
            return new Effect(move, "it was read before, and nobody was at work since", true);
        }
        GuardedReader.Result result = reader.read(view, move.text(), done);
        if (result instanceof GuardedReader.Result.Text text) {
            String more = text.whole() ? "" : ", the first of more";
            return new Effect(move, text.text().length() + " characters" + more, false);
        }
        return result instanceof GuardedReader.Result.Refused refused
                ? new Effect(move, "refused: " + refused.refusal().reason(), true)
                : new Effect(move, ((GuardedReader.Result.Nothing) result).why(), true);
    }

    private static Effect look(Move move, TaskView view, ExecuteStep.Result.@Nullable Done done) {
        if (done == null) {
            return new Effect(move, "the agent has not run yet", true);
        }
        boolean again = sinceLastRun(view).anyMatch(move::equals);
        return new Effect(move, again ? "it was shown before" : "shown", again);
    }

    /** What a run left that was cut off is not done, whoever says so. */
    private static Effect finish(Move move, ExecuteStep.Result.@Nullable Done done) {
        if (done == null) {
            return new Effect(move, "nothing is done yet", true);
        }
        return done.failure() == null
                ? new Effect(move, "", false)
                : new Effect(move, "the last run was cut off before its end", true);
    }

    private static Stream<Move> sinceLastRun(TaskView view) {
        return view.notes().coordination().since(view.attempts().size());
    }
}
