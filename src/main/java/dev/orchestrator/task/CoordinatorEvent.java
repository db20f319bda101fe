package dev.orchestrator.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a coordinator does for a task that it leads. */
public sealed interface CoordinatorEvent extends TaskEvent {

    /**
     * It decided what comes next. On disk before that begins, so that whoever dies in between goes on with it.
     *
     * @param number counted from 1 within the turn
     * @param tool of {@link Move.Tool}
     * @param text as {@link Move#text}
     * @param readOnly as {@link Move#readOnly}
     * @param tools as {@link Move#tools}
     * @param afterAttempt how many attempts of the turn there were before
     * @param seen how the last of them ended, in few words; empty when there was none since the move before
     * @param outcome what came of the move at once; empty for what the agent is to do
     * @param idle true when it brought nothing new
     */
    record CoordinatorMoved(
            TaskId taskId,
            int turn,
            int number,
            Move.Tool tool,
            String text,
            boolean readOnly,
            @Verbatim @Nullable List<String> tools,
            int afterAttempt,
            String seen,
            String outcome,
            boolean idle)
            implements CoordinatorEvent {
        public CoordinatorMoved {
            tools = tools == null ? null : List.copyOf(tools);
        }

        @Override
        public TaskView fold(TaskView before, Instant at) {
            Move move = new Move(tool, text, readOnly, tools);
            Coordination.Made made = new Coordination.Made(move, afterAttempt, seen, outcome, idle);
            TaskView after = before.moved(made, at);
            return made.runsAgent()
                    ? after.told(afterAttempt, after.notes().talk().step(text, afterAttempt), at)
                    : after;
        }
    }

    /** It could not be asked; the task rests until then at least. */
    record CoordinatorAway(TaskId taskId, int turn, String reason, Instant notBefore) implements CoordinatorEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return before.coordinatorAway(notBefore, at);
        }
    }
}
