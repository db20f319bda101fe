package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.history.Fact;
import dev.orchestrator.history.History;
import dev.orchestrator.history.HistoryLine;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
        Optional<Estimate> estimate =
                found.status() == TaskStatus.RUNNING ? Optional.of(durations().estimate(found)) : Optional.empty();
        return Optional.of(new ProgressReport(
                ProgressReport.SCHEMA_VERSION,
                found,
                estimate.orElse(null),
                turn.files().stream().limit(ProgressReport.MOST_FILES).toList(),
                turn.files().size(),
                turn.lastEvents()));
    }

    /** How far each of {@code running} is. */
    public Map<TaskId, Estimate> estimates(List<TaskReport> running) throws IOException {
        Map<TaskId, Estimate> estimates = new HashMap<>();
        if (!running.isEmpty()) {
            Durations durations = durations();
            running.forEach(task -> estimates.put(task.taskId(), durations.estimate(task)));
        }
        return estimates;
    }

    private Durations durations() throws IOException {
        return new History(home.history(), home.journal()).read(Durations::new);
    }

    /** How long turns took that ended well, by type. For one thread. */
    private static final class Durations implements Consumer<HistoryLine> {
        private final Map<String, Longs> byType = new HashMap<>();

        @Override
        public void accept(HistoryLine line) {
            if (line.fact() instanceof Fact.TurnOver turn
                    && turn.status() == TaskStatus.SUCCEEDED
                    && turn.attempts() > 0) {
                byType.computeIfAbsent(turn.type(), type -> new Longs()).add(turn.durationMs());
            }
        }

        Estimate estimate(TaskReport task) {
            Longs known = task.type() == null ? null : byType.get(task.type());
            long elapsed = task.elapsedMs() == null ? 0 : task.elapsedMs();
            return Estimate.of(known == null ? new long[0] : known.all(), elapsed, task.percent());
        }
    }
}
