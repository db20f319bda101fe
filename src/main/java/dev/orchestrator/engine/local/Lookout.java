package dev.orchestrator.engine.local;

import dev.orchestrator.engine.local.DirectoryClaims.Claim;
import dev.orchestrator.task.TaskView;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * For whom tasks that are ready wait because of their directories, for whoever only looks on: with the order, the claims and
 * the reservations of {@link ReadyTasks}, as if there were workers for all. For one thread.
 */
public final class Lookout {
    /** The order in which tasks that are ready are looked at; those of one rank as they came. */
    public static final Comparator<TaskView> ORDER = Comparator.comparing(view -> Entry.rank(view.task()));

    /** By what it is wanted for, because of thousands that want the same only the first is of interest. */
    private final Map<Claim, TaskView> ahead = new LinkedHashMap<>();

    /** @param running what workers have in hand */
    public Lookout(Collection<TaskView> running) {
        running.forEach(view -> ahead.putIfAbsent(claim(view), view));
    }

    /**
     * Who has the directory of {@code next}, or is to have it first; empty when it only waits for a worker. To be called in
     * {@link #ORDER}, and not for those that wait at the gate, which keep nobody out.
     */
    public Optional<TaskView> join(TaskView next) {
        Claim claim = claim(next);
        Optional<TaskView> inTheWay = ahead.entrySet().stream()
                .filter(other -> claim.conflictsWith(other.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        ahead.putIfAbsent(claim, next);
        return inTheWay;
    }

    private static Claim claim(TaskView view) {
        return Entry.of(view).claim();
    }
}
