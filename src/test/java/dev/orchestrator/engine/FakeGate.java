package dev.orchestrator.engine;

import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Open, until a test closes it for a model or for all. Thread-safe. */
public final class FakeGate implements Gate {
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private final List<String> inside = new ArrayList<>();
    private volatile Verdict whenClosed = Verdict.OPENS_BY_ITSELF;

    /** @param model {@code *} for all tasks */
    public void close(String model, Verdict verdict) {
        whenClosed = verdict;
        closed.add(model);
    }

    public void open() {
        closed.clear();
    }

    /** Tasks that went through and have not come back. */
    public synchronized List<String> inside() {
        return List.copyOf(inside);
    }

    @Override
    public Verdict verdict(Task task) {
        boolean shut = closed.contains("*")
                || closed.contains(String.valueOf(task.spec().model()));
        return shut ? whenClosed : Verdict.OPEN;
    }

    @Override
    public synchronized boolean enter(Task task) {
        inside.add(task.id().value());
        return true;
    }

    @Override
    public synchronized void leave(TaskId id) {
        inside.remove(id.value());
    }
}
