package dev.orchestrator.engine.local;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Tasks that rest until a time. What was to be in five minutes still is when the clock is set back meanwhile. For one thread
 * at a time.
 */
final class RestingTasks {
    /** A clock that is only adjusted is not one that was set. */
    private static final Duration CLOCK_JITTER = Duration.ofMinutes(1);

    private final TimeSource time;
    private final PriorityQueue<Entry> byTime = new PriorityQueue<>(Entry.BY_TIME);
    private Instant latest;

    RestingTasks(TimeSource time) {
        this.time = time;
        this.latest = time.now();
    }

    boolean isToRest(Entry entry) {
        return entry.notBefore().isAfter(now());
    }

    void add(Entry entry) {
        byTime.add(entry);
    }

    /** Takes {@code id} out; empty when it does not rest. */
    Optional<Entry> remove(TaskId id) {
        for (Iterator<Entry> each = byTime.iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            if (entry.id().equals(id)) {
                each.remove();
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Takes those out whose time has come. */
    List<Entry> removeDue() {
        Instant now = now();
        List<Entry> due = new ArrayList<>();
        while (!byTime.isEmpty() && !byTime.peek().notBefore().isAfter(now)) {
            due.add(byTime.remove());
        }
        return due;
    }

    /** How long the first of them rests; empty when there is none. */
    Optional<Duration> shortest() {
        return Optional.ofNullable(byTime.peek()).map(entry -> Duration.between(now(), entry.notBefore()));
    }

    Stream<Entry> stream() {
        return byTime.stream();
    }

    private Instant now() {
        Instant now = time.now();
        if (now.isBefore(latest.minus(CLOCK_JITTER))) {
            Duration back = Duration.between(now, latest);
            List<Entry> all = new ArrayList<>(byTime);
            byTime.clear();
            all.forEach(entry -> byTime.add(entry.again(entry.notBefore().minus(back))));
        }
        latest = now;
        return now;
    }
}
