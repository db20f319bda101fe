package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.history.Fact;
import dev.orchestrator.history.History;
import dev.orchestrator.history.HistoryLine;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How long turns took that ended well, by type. For one thread. */
final class Durations implements Consumer<HistoryLine> {
    private final Map<String, Longs> byType = new HashMap<>();

    private Durations() {}

    static Durations of(Home home) throws IOException {
        return new History(home.history(), home.journal()).read(Durations::new);
    }

    @Override
    public void accept(HistoryLine line) {
        if (line.fact() instanceof Fact.TurnOver turn && turn.status() == TaskStatus.SUCCEEDED && turn.attempts() > 0) {
            byType.computeIfAbsent(turn.type(), type -> new Longs()).add(turn.durationMs());
        }
    }

    Estimate estimate(TaskReport task) {
        Longs known = task.type() == null ? null : byType.get(task.type());
        long elapsed = task.elapsedMs() == null ? 0 : task.elapsedMs();
        return Estimate.of(known == null ? new long[0] : known.all(), elapsed, task.percent(), task.step());
    }
}
