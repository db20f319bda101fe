package dev.orchestrator.pipeline;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.agent.Violation;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.task.AttemptEvent.RunStarted;
import dev.orchestrator.task.AttemptEvent.SecurityViolation;
import dev.orchestrator.task.AttemptEvent.ToolUsed;
import dev.orchestrator.task.EventSink;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what happens during an attempt into events. For the attempt's thread. */
final class AttemptObserver implements RunObserver {
    private final Turn turn;
    private final int attempt;
    private final ViolationCollector collector;
    private final WorkingDirectory.Watch directory;
    private final Dispatch dispatch;
    private final EventSink journal;
    private final int alreadyTold;
    private boolean answered;

    /** @param alreadyTold how many violations of this attempt an earlier daemon has journalled */
    AttemptObserver(
            Turn turn,
            int attempt,
            ViolationCollector collector,
            WorkingDirectory.Watch directory,
            Dispatch dispatch,
            EventSink journal,
            int alreadyTold) {
        this.directory = directory;
        this.dispatch = dispatch;
        this.turn = turn;
        this.attempt = attempt;
        this.collector = collector;
        this.journal = journal;
        this.alreadyTold = alreadyTold;
    }

    @Override
    public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {
        journal.emit(new RunStarted(turn.id(), turn.number(), attempt, pid, processStartedAt, adopted));
    }

    @Override
    public void answered() {
        answered = true;
        dispatch.answered(turn.id());
    }

    @Override
    public void toolUsed(ToolCall call) {
        journal.emit(new ToolUsed(turn.id(), turn.number(), attempt, call.tool(), call.target(), call.succeeded()));
    }

    @Override
    public void refused(ToolCall call, Refusal refusal) {
        int before = violations().size();
        collector.refused(call, refusal);
        if (violations().size() > Math.max(before, alreadyTold)) {
            Violation last = violations().get(before);
            journal.emit(new SecurityViolation(
                    turn.id(), turn.number(), attempt, last.tool(), last.target(), last.realPath(), last.reason()));
        }
    }

    @Override
    public boolean directoryChanged() {
        return directory.hasChanged();
    }

    /** True when the model said anything, so that the attempt has cost something. */
    boolean hasAnswered() {
        return answered;
    }

    List<Violation> violations() {
        return collector.violations();
    }
}
