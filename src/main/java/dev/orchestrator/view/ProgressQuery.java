package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.util.Optional;

/** Answers how far a task is, and how much longer it may take. Each answer is made from the files as they are then. */
public final class ProgressQuery {
    private static final int EVENTS_SHOWN = 3;

    private final Home home;
    private final TimeSource time;

    /** @param home need not exist */
    public ProgressQuery(Home home, TimeSource time) {
        this.home = home;
        this.time = time;
    }

    /** Empty when there is no such task. */
    public Optional<ProgressReport> report(TaskId id) throws IOException {
        Optional<TaskReport> task = new StatusQuery(home, time).task(id);
        if (task.isEmpty()) {
            return Optional.empty();
        }
        TaskReport found = task.get();
        TurnSoFar turn = TurnSoFar.read(home.journal(), id, EVENTS_SHOWN);
        boolean runs = found.status() == TaskStatus.RUNNING && !found.isUnwatched();
        Optional<Estimate> estimate = runs ? Optional.of(Durations.of(home).estimate(found)) : Optional.empty();
        return Optional.of(new ProgressReport(
                ProgressReport.SCHEMA_VERSION,
                found,
                estimate.orElse(null),
                turn.files().stream().limit(ProgressReport.MOST_FILES).toList(),
                turn.filesCount(),
                turn.lastEvents()));
    }
}
