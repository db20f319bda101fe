package dev.orchestrator.engine.local;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.util.ArrayList;
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
            Optional<TaskStatus> status = statusOf.apply(id);
            if (status.isPresent() && status.get().isFinal() && status.get() != TaskStatus.SUCCEEDED) {
                return new Verdict.Never(Failure.of(
                                FailureCategory.CONFIG, "task " + id + ", which must succeed first, is " + status.get())
                        .suggesting("Make " + id + " succeed, then drop this task again."));
            }
            free &= status.isPresent() && status.get() == TaskStatus.SUCCEEDED;
        }
        if (free) {
            return new Verdict.Free();
        }
        return circle(task).<Verdict>map(Verdict.Never::new).orElseGet(Verdict.Waits::new);
    }

    private Optional<Failure> circle(Task task) {
        List<TaskId> path = new ArrayList<>(List.of(task.id()));
        if (!leadsBack(task, task.id(), path)) {
            return Optional.empty();
        }
        String circle = String.join(" after ", path.stream().map(TaskId::value).toList());
        return Optional.of(Failure.of(FailureCategory.CONFIG, "the tasks wait for each other: " + circle)
                .suggesting("Take one of them out of another's `after`."));
    }

    private boolean leadsBack(Task from, TaskId to, List<TaskId> path) {
        for (TaskId next : from.spec().after()) {
            path.add(next);
            Entry entry = waiting.get(next);
            if (next.equals(to)
                    || (entry != null && path.size() <= waiting.size() + 2 && leadsBack(entry.task(), to, path))) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }
}
