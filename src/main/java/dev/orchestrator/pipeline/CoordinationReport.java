package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.CoordinatorMove;
import dev.orchestrator.task.Coordination;
import dev.orchestrator.task.Move;
import java.util.ArrayList;
import java.util.List;

/** What the artifact says of a coordinator. */
final class CoordinationReport {
    private CoordinationReport() {}

    static List<CoordinatorMove> of(Coordination coordination) {
        List<CoordinatorMove> moves = new ArrayList<>();
        for (Coordination.Made made : coordination.moves()) {
            Move move = made.move();
            moves.add(new CoordinatorMove(
                    moves.size() + 1,
                    move.tool().toString(),
                    move.text(),
                    move.readOnly(),
                    move.tools(),
                    made.seen(),
                    made.outcome()));
        }
        return moves;
    }
}
