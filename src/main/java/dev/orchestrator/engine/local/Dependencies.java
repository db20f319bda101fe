package dev.orchestrator.engine.local;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which task waits for which. A task may name one that does not exist yet; it waits until that one has come and succeeded.
 * For one thread at a time.
 */
final class Dependencies {
    private static final int MOST_SHOWN = 10;

    private final Function<TaskId, Optional<TaskStatus>> statusOf;
    private final Map<TaskId, Entry> waiting = new LinkedHashMap<>();
    private final Map<TaskId, List<Entry>> waitingFor = new HashMap<>();

    /** @param statusOf how a task stands; empty for one that nobody has heard of */
    Dependencies(Function<TaskId, Optional<TaskStatus>> statusOf) {
        this.statusOf = statusOf;
    }

    /** What a task's dependencies say about it. */
    sealed interface Verdict {
        record Free() implements Verdict {}

        record Waits() implements Verdict {}

        record Never(Failure why) implements Verdict {}
    }

    /** Judges {@code entry}; when it has to wait it is kept here until {@link #finished} gives it back. */
    Verdict judge(Entry entry) {
        Verdict verdict = look(entry.task());
        if (verdict instanceof Verdict.Waits) {
            waiting.put(entry.id(), entry);
            entry.task()
                    .spec()
                    .after()
                    .forEach(id -> waitingFor
                            .computeIfAbsent(id, key -> new ArrayList<>())
                            .add(entry));
        }
        return verdict;
    }

    /** The tasks that waited for {@code id}, to be judged again. */
    List<Entry> finished(TaskId id) {
        List<Entry> waited = waitingFor.getOrDefault(id, List.of()).stream()
                .filter(entry -> waiting.containsKey(entry.id()))
                .toList();
        waited.forEach(this::remove);
        return waited;
    }

    void remove(Entry entry) {
        if (waiting.remove(entry.id()) == null) {
            return;
        }
        for (TaskId id : entry.task().spec().after()) {
            waitingFor.computeIfPresent(id, (key, entries) -> {
                entries.remove(entry);
                return entries.isEmpty() ? null : entries;
            });
        }
    }

    private Verdict look(Task task) {
        boolean free = true;
        for (TaskId id : task.spec().after()) {
            Standing standing = standingOf(id);
            if (standing.problem().isPresent()) {
                return new Verdict.Never(standing.problem().get());
            }
            free &= standing.succeeded();
        }
        if (free) {
            return new Verdict.Free();
        }
        return circle(task).<Verdict>map(Verdict.Never::new).orElseGet(Verdict.Waits::new);
    }

    /**
     * How a task stands for one that waits for it.
     *
     * @param problem why it will never have succeeded
     */
    private record Standing(boolean succeeded, Optional<Failure> problem) {}

    /** Whatever goes wrong in asking is the waiting task's failure: nobody else may suffer from it. */
    private Standing standingOf(TaskId id) {
        Optional<TaskStatus> status;
        try {
            status = statusOf.apply(id);
        } catch (RuntimeException e) {
            return new Standing(false, Optional.of(unreadable(id, e)));
        }
        boolean succeeded = status.isPresent() && status.get() == TaskStatus.SUCCEEDED;
        boolean never = status.isPresent() && status.get().isFinal() && !succeeded;
        return new Standing(succeeded, never ? Optional.of(failed(id, status.get())) : Optional.empty());
    }

    private static Failure failed(TaskId id, TaskStatus status) {
        return Failure.of(FailureCategory.CONFIG, "task " + id + ", which must succeed first, is " + status)
                .suggesting("`retry " + id + "`; when it has succeeded, `retry` this one.");
    }

    private static Failure unreadable(TaskId id, RuntimeException e) {
        return Failure.of(
                        FailureCategory.CONFIG,
                        "task " + id + " must succeed first, and how it stands cannot be read: " + e.getMessage())
                .suggesting("Move results/" + id + ".json away, run " + id + " again, then drop this task again.");
    }

    private Optional<Failure> circle(Task task) {
        boolean first =
                !waitingFor.containsKey(task.id()) && !task.spec().after().contains(task.id());
        if (first) {
            // Nobody waits for it, so nothing can lead back to it. This is what keeps long chains cheap.
            return Optional.empty();
        }
        return wayBack(task).map(way -> {
            List<TaskId> shown = way.size() > MOST_SHOWN ? way.subList(0, MOST_SHOWN) : way;
            String circle =
                    String.join(" after ", shown.stream().map(TaskId::value).toList())
                            + (way.size() > MOST_SHOWN ? " and so on, " + (way.size() - 1) + " tasks" : "");
            return Failure.of(FailureCategory.CONFIG, "the tasks wait for each other: " + circle)
                    .suggesting("Take one of them out of another's `after`.");
        });
    }

    /** From {@code task} over those it waits for to itself; empty when there is no such way. */
    private Optional<List<TaskId>> wayBack(Task task) {
        Map<TaskId, TaskId> cameFrom = new HashMap<>();
        Deque<Task> toLookAt = new ArrayDeque<>(List.of(task));
        while (!toLookAt.isEmpty() && !cameFrom.containsKey(task.id())) {
            Task next = toLookAt.remove();
            for (TaskId id : next.spec().after()) {
                Entry entry = waiting.get(id);
                if (cameFrom.putIfAbsent(id, next.id()) == null && entry != null) {
                    toLookAt.add(entry.task());
                }
            }
        }
        return cameFrom.containsKey(task.id()) ? Optional.of(way(task.id(), cameFrom)) : Optional.empty();
    }

    private static List<TaskId> way(TaskId end, Map<TaskId, TaskId> cameFrom) {
        List<TaskId> way = new ArrayList<>(List.of(end));
        TaskId before = cameFrom.get(end);
        while (before != null && !before.equals(end)) {
            way.add(before);
            before = cameFrom.get(before);
        }
        way.add(end);
        Collections.reverse(way);
        return way;
    }
}
