package dev.orchestrator.engine.local;

import dev.orchestrator.engine.Gate;
import dev.orchestrator.task.TaskSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that only wait for a worker, for their directory, and for the gate. Those for which it all is the same stand in one
 * lane, and only the first of a lane can be next, so that the cost of choosing depends on the number of directories and not on
 * that of tasks. For one thread at a time.
 */
final class ReadyTasks {
    private final Comparator<Entry> order;
    private final Map<Lane, TreeSet<Entry>> lanes = new HashMap<>();
    private final TreeSet<Entry> heads;

    ReadyTasks(Comparator<Entry> order) {
        this.order = order;
        this.heads = new TreeSet<>(order);
    }

    void add(Entry entry) {
        TreeSet<Entry> lane = lanes.computeIfAbsent(Lane.of(entry), key -> new TreeSet<>(order));
        if (!lane.isEmpty()) {
            heads.remove(lane.first());
        }
        lane.add(entry);
        heads.add(lane.first());
    }

    void remove(Entry entry) {
        TreeSet<Entry> lane = lanes.get(Lane.of(entry));
        if (lane == null || !lane.contains(entry)) {
            return;
        }
        heads.remove(lane.first());
        lane.remove(entry);
        if (lane.isEmpty()) {
            lanes.remove(Lane.of(entry));
        } else {
            heads.add(lane.first());
        }
    }

    /**
     * Takes the first task whose directory is free and for which the gate is open. A task that has to wait for its directory
     * keeps its place: those behind it that would stand in its way wait too, or a stream of readers could keep a writer out
     * for ever. One that waits at the gate keeps nobody out.
     */
    Optional<Entry> takeFirst(DirectoryClaims held, Gate gate) {
        DirectoryClaims reserved = new DirectoryClaims();
        for (Entry head : heads) {
            if (!head.concluding() && gate.verdict(head.task()) != Gate.Verdict.OPEN) {
                continue;
            }
            if (held.allows(head.claim()) && reserved.allows(head.claim())) {
                if (!head.concluding() && !gate.enter(head.task())) {
                    return Optional.empty();
                }
                remove(head);
                return Optional.of(head);
            }
            reserved.add(head.claim());
        }
        return Optional.empty();
    }

    /** The first of each lane. */
    Stream<Entry> heads() {
        return heads.stream();
    }

    /**
     * @param model that the task asks for, null when it leaves the choice
     * @param agent null for the one that is built in
     */
    private record Lane(
            DirectoryClaims.Claim claim,
            @Nullable String model,
            @Nullable String agent) {
        static Lane of(Entry entry) {
            TaskSpec spec = entry.task().spec();
            return new Lane(entry.claim(), spec.model(), spec.agent());
        }
    }
}
