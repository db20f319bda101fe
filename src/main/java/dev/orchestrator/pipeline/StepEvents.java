package dev.orchestrator.pipeline;

import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;

/** Says in the journal when a step begins and ends. Thread-safe. */
final class StepEvents {
    private final EventSink journal;
    private final TimeSource time;

    StepEvents(EventSink journal, TimeSource time) {
        this.journal = journal;
        this.time = time;
    }

    /** What a step does. */
    @FunctionalInterface
    interface Doing<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> T around(TaskView view, Step step, Doing<T> doing) throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        begun(view, step);
        T result = doing.run();
        if (!(result instanceof ExecuteStep.Result.NotNow
                || result instanceof ParseStep.Result.Stopped
                || result instanceof AcceptanceStep.Result.Stopped
                || result instanceof CoordinateStep.Result.NotNow
                || result instanceof CoordinateStep.Result.Stopped)) {
            journal.emit(new TaskEvent.StepFinished(
                    view.id(), view.turn(), step, watch.elapsed().toMillis(), step.percentAfter()));
        }
        return result;
    }

    /** For the step whose end is the turn's. */
    void begun(TaskView view, Step step) {
        journal.emit(new TaskEvent.StepStarted(view.id(), view.turn(), step));
    }
}
