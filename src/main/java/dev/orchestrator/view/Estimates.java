package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far tasks are, for whoever asks again and again: the past changes slowly, and reading it is dear. For one thread. */
public final class Estimates {
    private static final Duration READ_AGAIN_AFTER = Duration.ofMinutes(1);

    private final Home home;
    private final Stopwatch sinceRead;
    private @Nullable Durations known;

    /** @param home need not exist */
    public Estimates(Home home, TimeSource time) {
        this.home = home;
        this.sinceRead = Stopwatch.start(time);
    }

    /** How far each of {@code running} is that a daemon watches. */
    public Map<TaskId, Estimate> of(List<TaskReport> running) throws IOException {
        Map<TaskId, Estimate> estimates = new HashMap<>();
        for (TaskReport task : running) {
            if (!task.isUnwatched()) {
                estimates.put(task.taskId(), durations().estimate(task));
            }
        }
        return estimates;
    }

    private Durations durations() throws IOException {
        @Nullable Durations found = sinceRead.reached(READ_AGAIN_AFTER) ? null : known;
        if (found == null) {
            found = Durations.of(home);
            known = found;
            sinceRead.restart();
        }
        return found;
    }
}
