package dev.orchestrator.engine.local;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tasks that only wait for a worker and for their directory. They stand in one lane per directory, and only the first of a
 * lane can be next, so that the cost of choosing depends on the number of directories and not on that of tasks. For one
 * thread at a time.
 */
final class ReadyTasks {
    private final Comparator<Entry> order;
    private final Map<Path, TreeSet<Entry>> lanes = new HashMap<>();
    private final TreeSet<Entry> heads;

    ReadyTasks(Comparator<Entry> order) {
        this.order = order;
        this.heads = new TreeSet<>(order);
    }

    void add(Entry entry) {
        TreeSet<Entry> lane = lanes.computeIfAbsent(entry.claim().directory(), directory -> new TreeSet<>(order));
        if (!lane.isEmpty()) {
            heads.remove(lane.first());
        }
        lane.add(entry);
        heads.add(lane.first());
    }

    void remove(Entry entry) {
        TreeSet<Entry> lane = lanes.get(entry.claim().directory());
        if (lane == null || !lane.contains(entry)) {
            return;
        }
        heads.remove(lane.first());
        lane.remove(entry);
        if (lane.isEmpty()) {
            lanes.remove(entry.claim().directory());
        } else {
            heads.add(lane.first());
        }
    }

    /**
     * Takes the first task whose directory is free. A task that has to wait keeps its place: those behind it that would
     * stand in its way wait too, or a stream of readers could keep a writer out for ever.
     */
    Optional<Entry> takeFirst(DirectoryClaims held) {
        DirectoryClaims reserved = new DirectoryClaims();
        for (Entry head : heads) {
            if (held.allows(head.claim()) && reserved.allows(head.claim())) {
                remove(head);
                return Optional.of(head);
            }
            reserved.add(head.claim());
        }
        return Optional.empty();
    }

    boolean isEmpty() {
        return heads.isEmpty();
    }
}
