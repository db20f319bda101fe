package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Why queued tasks wait, as far as the state tells. */
final class Waits {
    private final Home home;
    private final Map<TaskId, TaskStatus> active = new HashMap<>();
    private final Instant now;

    Waits(Home home, List<TaskView> active, Instant now) {
        this.home = home;
        this.now = now;
        for (TaskView view : active) {
            this.active.put(view.id(), view.status());
        }
    }

    /** In words, such as {@code after build (running)}; empty when only a worker is missing, or nothing. */
    List<String> of(TaskView view) {
        List<String> reasons = new ArrayList<>();
        if (view.status() != TaskStatus.QUEUED) {
            return reasons;
        }
        Instant earliest = view.notBefore();
        if (earliest != null && earliest.isAfter(now)) {
            reasons.add("not before " + earliest + cause(view));
        }
        for (TaskId other : view.task().spec().after()) {
            TaskStatus status = active.get(other);
            if (status != null) {
                reasons.add("after " + other + " (" + status + ")");
            } else if (!Files.exists(home.artifact(other))) {
                reasons.add("after " + other + " (not there yet)");
            }
        }
        return reasons;
    }

    private static String cause(TaskView view) {
        return view.lastAttempt().map(Waits::cause).orElse("");
    }

    private static String cause(AttemptView last) {
        Failure failure = last.failure();
        return failure == null ? "" : " (attempt " + last.number() + ": " + failure.category() + ")";
    }
}
