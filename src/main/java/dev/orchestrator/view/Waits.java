package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why queued tasks wait, as far as the state tells. */
final class Waits {
    private final Home home;
    private final Map<TaskId, TaskStatus> active = new HashMap<>();
    private final List<TaskView> running;
    private final List<Hold> holds;
    private final Instant now;

    Waits(Home home, Snapshot state, Instant now) {
        this.home = home;
        this.holds = state.holds();
        this.now = now;
        this.running = state.active().stream()
                .filter(view -> view.status() == TaskStatus.RUNNING)
                .toList();
        for (TaskView view : state.active()) {
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
        if (reasons.isEmpty()) {
            hold(view).or(() -> directory(view)).ifPresent(reasons::add);
        }
        return reasons;
    }

    /** What is in the way of more than this one. */
    private Optional<String> hold(TaskView view) {
        String model = view.task().spec().model();
        return holds.stream()
                .filter(hold -> hold.model() == null || hold.model().equals(model))
                .findFirst()
                .map(hold -> "paused: " + hold.cause() + (hold.until() == null ? "" : ", until " + hold.until()));
    }

    /** Who works where this one is to work; those who work in copies keep nobody out. */
    private Optional<String> directory(TaskView view) {
        return running.stream()
                .filter(other -> keepsOut(other.task(), view.task()))
                .findFirst()
                .map(other -> other.id() + " works in " + other.task().directory());
    }

    private static boolean keepsOut(Task one, Task other) {
        boolean bothCopy = one.spec().isGuarded() && other.spec().isGuarded();
        boolean bothRead = one.access() == Access.READ && other.access() == Access.READ;
        Path here = Path.of(one.directory());
        Path there = Path.of(other.directory());
        return !bothCopy && !bothRead && (here.startsWith(there) || there.startsWith(here));
    }

    private static String cause(TaskView view) {
        return view.lastAttempt().map(Waits::cause).orElse("");
    }

    private static String cause(AttemptView last) {
        Failure failure = last.failure();
        return failure == null ? "" : " (attempt " + last.number() + ": " + failure.category() + ")";
    }
}
