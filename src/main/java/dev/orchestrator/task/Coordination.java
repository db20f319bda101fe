package dev.orchestrator.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator has done in a turn.
 *
 * @param moves in order
 * @param mended behind which attempts red commands were sent to the agent
 * @param waitingSince since when it could not be asked; null when it could
 */
public record Coordination(
        List<Made> moves, List<Integer> mended, @Nullable Instant waitingSince) {
    public static final Coordination NONE = new Coordination(List.of(), List.of(), null);

    public Coordination {
        moves = List.copyOf(moves);
        mended = List.copyOf(mended);
    }

    /**
     * A move that was made.
     *
     * @param afterAttempt how many attempts there were before
     * @param seen how the last of them ended, in few words; empty when there was none since the move before
     * @param outcome what came of it at once, in few words; empty for what an agent is to do
     * @param idle true when it brought nothing new
     */
    public record Made(Move move, int afterAttempt, String seen, String outcome, boolean idle) {
        boolean runsAgent() {
            return move.tool() == Move.Tool.RUN_AGENT && !idle;
        }
    }

    public Optional<Made> last() {
        return moves.isEmpty() ? Optional.empty() : Optional.of(moves.get(moves.size() - 1));
    }

    /** What the agent was to do in {@code attempt}; empty when it was to mend what was red, which is no step. */
    public Optional<Move> step(int attempt) {
        return isMending(attempt) ? Optional.empty() : told(attempt).map(Made::move);
    }

    /** True when the agent was to mend what was red in {@code attempt}. */
    public boolean isMending(int attempt) {
        int last = told(attempt).map(Made::afterAttempt).orElse(0);
        return mended.stream().anyMatch(after -> after > last && after < attempt);
    }

    private Optional<Made> told(int attempt) {
        return moves.stream()
                .filter(made -> made.runsAgent() && made.afterAttempt() < attempt)
                .reduce((earlier, later) -> later);
    }

    /** How often the agent was told to do something. */
    public long runs() {
        return moves.stream().filter(Made::runsAgent).count();
    }

    /** What was done since attempt {@code last} ended, which is the last. */
    public Stream<Move> since(int last) {
        return moves.stream().filter(made -> made.afterAttempt() == last).map(Made::move);
    }

    /** How many moves in a row, the last included, brought nothing new. */
    public int idle() {
        int idle = 0;
        for (Made made : moves) {
            idle = made.idle() ? idle + 1 : 0;
        }
        return idle;
    }

    Coordination plus(Made made) {
        List<Made> all = new ArrayList<>(moves);
        all.add(made);
        return new Coordination(all, mended, null);
    }

    Coordination mending(int attempt) {
        List<Integer> all = new ArrayList<>(mended);
        all.add(attempt);
        return new Coordination(moves, all, waitingSince);
    }

    Coordination waiting(Instant since) {
        return waitingSince == null ? new Coordination(moves, mended, since) : this;
    }
}
