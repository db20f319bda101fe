package dev.orchestrator.pipeline;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.TaskEvent.RunStarted;
import dev.orchestrator.task.TaskEvent.SecurityViolation;
import dev.orchestrator.task.TaskEvent.ToolUsed;
import dev.orchestrator.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what happens during an attempt into events. For the attempt's thread. */
final class AttemptObserver implements RunObserver {
    private final TaskId id;
    private final int turn;
    private final int attempt;
    private final Boundary boundary;
    private final EventSink journal;
    private final int alreadyTold;
    private final List<ToolCall> crossings = new ArrayList<>();

    /** @param alreadyTold how many violations of this attempt an earlier daemon has journalled */
    AttemptObserver(TaskId id, int turn, int attempt, Boundary boundary, EventSink journal, int alreadyTold) {
        this.id = id;
        this.turn = turn;
        this.attempt = attempt;
        this.boundary = boundary;
        this.journal = journal;
        this.alreadyTold = alreadyTold;
    }

    @Override
    public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {
        journal.emit(new RunStarted(id, turn, attempt, pid, processStartedAt, adopted));
    }

    @Override
    public void toolUsed(ToolCall call) {
        journal.emit(new ToolUsed(id, turn, attempt, call.tool(), call.target(), call.succeeded()));
    }

    @Override
    public void refused(ToolCall call, String reason) {
        if (boundary.isCrossedBy(call)) {
            crossings.add(call);
            if (crossings.size() <= alreadyTold) {
                return;
            }
            journal.emit(new SecurityViolation(id, turn, attempt, call.tool(), call.target(), "refused: " + reason));
        }
    }

    List<ToolCall> crossings() {
        return crossings;
    }
}
