package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.engine.local.Lookout;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why queued tasks wait, as far as the state tells. Who keeps whom out is asked where the engine asks; what a template or the
 * settings say about a model nobody knows here. For one thread.
 */
final class Waits {
    private final Home home;
    private final Map<TaskId, TaskStatus> active = new HashMap<>();
    private final List<Hold> holds;
    private final Instant now;
    private final Lookout lookout;
    /** Those that the engine has not come to, in its order. */
    private final Iterator<TaskView> line;

    private final Map<TaskId, List<String>> known = new HashMap<>();

    /** @param all tasks that are not over */
    Waits(Home home, Collection<TaskView> all, List<Hold> holds, Instant now) {
        this.home = home;
        this.holds = holds;
        this.now = now;
        this.lookout = new Lookout(
                all.stream().filter(view -> view.status() == TaskStatus.RUNNING).toList());
        this.line = all.stream()
                .filter(Waits::isInLine)
                .sorted(Lookout.ORDER)
                .toList()
                .iterator();
        all.forEach(view -> active.put(view.id(), view.status()));
    }

    /** One for which a person was waited for is back in line as soon as he has decided; one that is cancelled only ends. */
    private static boolean isInLine(TaskView view) {
        boolean waits = view.status() == TaskStatus.QUEUED || (view.status().awaitsPerson() && view.isDecided());
        return waits && view.cancelledBy() == null;
    }

    /** In words, such as {@code after build (running)}; empty when only a worker is missing, or nothing. */
    List<String> of(TaskView view) {
        while (isInLine(view) && !known.containsKey(view.id()) && line.hasNext()) {
            TaskView next = line.next();
            known.put(next.id(), reasons(next));
        }
        return known.getOrDefault(view.id(), List.of());
    }

    /** What comes first in the line has to be asked first. */
    private List<String> reasons(TaskView view) {
        List<String> reasons = ownReasons(view);
        if (reasons.isEmpty() && !view.isConcluding()) {
            hold(view.task()).ifPresent(reasons::add);
        }
        if (reasons.isEmpty()) {
            lookout.join(view).map(Waits::inTheWay).ifPresent(reasons::add);
        }
        return reasons;
    }

    private List<String> ownReasons(TaskView view) {
        List<String> reasons = new ArrayList<>();
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

    /** What is in the way of more than this one. */
    private Optional<String> hold(Task task) {
        return holds.stream()
                .filter(hold -> hold.isInTheWayOf(task, task.spec().model()))
                .findFirst()
                .map(hold -> "paused: " + hold.cause() + (hold.until() == null ? "" : ", until " + hold.until()));
    }

    private static String inTheWay(TaskView other) {
        String verb = other.status() == TaskStatus.RUNNING ? " works in " : " is to work first in ";
        return other.id() + verb + other.task().directory();
    }

    private static String cause(TaskView view) {
        return view.lastAttempt().map(Waits::cause).orElse("");
    }

    private static String cause(AttemptView last) {
        Failure failure = last.failure();
        return failure == null ? "" : " (attempt " + last.number() + ": " + failure.category() + ")";
    }
}
