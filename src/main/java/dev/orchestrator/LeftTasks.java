package dev.orchestrator;

import dev.orchestrator.config.Home;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.guard.staging.Applier;
import dev.orchestrator.guard.staging.TurnFiles;
import dev.orchestrator.intake.AcceptedTasks;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Signal;
import dev.orchestrator.task.TaskEvent.TaskDeferred;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.Elapsed;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up the tasks that an earlier daemon left. */
final class LeftTasks {
    private static final Logger log = LoggerFactory.getLogger(LeftTasks.class);

    private final Home home;
    private final AcceptedTasks accepted;
    private final TaskRecords records;
    private final Engine engine;
    private final EventSink journal;
    private final TimeSource time;

    LeftTasks(
            Home home, AcceptedTasks accepted, TaskRecords records, Engine engine, EventSink journal, TimeSource time) {
        this.journal = journal;
        this.time = time;
        this.home = home;
        this.accepted = accepted;
        this.records = records;
        this.engine = engine;
    }

    /** @param left all tasks that are not over */
    void takeUp(List<TaskView> left) throws IOException {
        accepted.recover(left.stream().map(TaskView::task).toList(), records::statusOf);
        left.stream()
                .filter(view -> !view.status().awaitsPerson() || view.cancelledBy() != null || view.isDecided())
                .forEach(this::takeUp);
        if (!left.isEmpty()) {
            log.info("Going on with {} tasks that an earlier start left.", left.size());
        }
    }

    /** A restart is a reason to try what somebody had to mend; and a clock that was set back makes no rest longer. */
    private @Nullable Instant earliest(TaskView view) {
        Instant earliest = view.notBefore();
        boolean mended = view.lastAttempt()
                .map(AttemptView::failure)
                .filter(failure -> failure.category().retry() == FailureCategory.Retry.AFTER_MENDING)
                .isPresent();
        if (earliest == null || mended) {
            return null;
        }
        Instant now = time.now();
        if (!view.updatedAt().isAfter(now)) {
            return earliest;
        }
        Instant instead = now.plus(Elapsed.between(view.updatedAt(), earliest));
        journal.emit(new TaskDeferred(view.id(), view.turn(), "the clock was set back", instead));
        return instead;
    }

    private void takeUp(TaskView view) {
        if (view.isConcluding()) {
            if (isBegun(view)) {
                engine.resumeConcluding(view.task());
            } else {
                engine.conclude(view.task());
            }
        } else if (view.holdsDirectory()) {
            engine.resume(view.task());
        } else {
            engine.submit(view.task(), earliest(view));
        }
        if (view.cancelledBy() != null) {
            // Asked for before the earlier daemon ended.
            engine.signal(view.id(), new Signal.Cancel(view.cancelledBy()));
        }
    }

    /** True when its change may be in the directory in part, or when nobody can tell. */
    private boolean isBegun(TaskView view) {
        try {
            return new Applier(new TurnFiles(home.runs(view.id()), view.turn())).isBegun();
        } catch (IOException e) {
            return true;
        }
    }
}
