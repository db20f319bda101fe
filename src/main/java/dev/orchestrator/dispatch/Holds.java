package dev.orchestrator.dispatch;

import dev.orchestrator.task.DaemonEvent.QueuePaused;
import dev.orchestrator.task.DaemonEvent.QueueResumed;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Task;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in the way of starting tasks. Each change is journalled, and the user is told once at each edge. Thread-safe; reading
 * never waits, while a change may wait for the journal.
 */
final class Holds {
    static final String ORCHESTRATOR = "orchestrator";

    private static final Logger log = LoggerFactory.getLogger(Holds.class);

    private final EventSink journal;
    private volatile Map<Hold.Key, Hold> all = Map.of();

    Holds(EventSink journal) {
        this.journal = journal;
    }

    /** Those that an earlier daemon left; nobody is told. */
    synchronized void restore(Collection<Hold> earlier) {
        Map<Hold.Key, Hold> next = new LinkedHashMap<>(all);
        earlier.forEach(hold -> next.put(hold.key(), hold));
        all = next;
    }

    List<Hold> all() {
        return List.copyOf(all.values());
    }

    Optional<Hold> of(Hold.Cause cause) {
        return all.values().stream().filter(hold -> hold.cause() == cause).findFirst();
    }

    /** Those that {@code task} has to wait for, whose model is called {@code model}. */
    List<Hold> inTheWayOf(Task task, @Nullable String model) {
        Map<Hold.Key, Hold> now = all;
        return now.isEmpty()
                ? List.of()
                : now.values().stream()
                        .filter(hold -> hold.isInTheWayOf(task, model))
                        .toList();
    }

    /** Those that are about {@code model}. */
    List<Hold> concerning(@Nullable String model) {
        Map<Hold.Key, Hold> now = all;
        return now.isEmpty()
                ? List.of()
                : now.values().stream().filter(hold -> hold.concerns(model)).toList();
    }

    synchronized void put(Hold hold, String by) {
        Map<Hold.Key, Hold> next = new LinkedHashMap<>(all);
        Hold before = next.put(hold.key(), hold);
        all = next;
        if (before == null || !before.message().equals(hold.message())) {
            log.warn("No task is started{}: {} {}", only(hold.model()), sentence(hold.message()), hold.remedy());
        }
        journal.emit(new QueuePaused(hold, by));
    }

    /** True when {@code key} was in force. */
    synchronized boolean remove(Hold.Key key, String reason, String by) {
        Map<Hold.Key, Hold> next = new LinkedHashMap<>(all);
        if (next.remove(key) == null) {
            return false;
        }
        all = next;
        log.info("Tasks are started again{}: {}", only(key.model()), sentence(reason));
        journal.emit(new QueueResumed(key.cause(), key.model(), reason, by));
        return true;
    }

    private static String only(@Nullable String model) {
        return model == null ? "" : " with a model called " + model;
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }
}
