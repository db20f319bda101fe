package dev.orchestrator.state;

import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.ScheduleEvent;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into the picture of all tasks. Thread-safe. The daemon feeds it from the journal as it writes; a reader
 * feeds it from the journal's files.
 */
public final class StateIndex implements Journal.Listener {
    private static final int RECENT = 20;

    private final Map<TaskId, TaskView> active = new LinkedHashMap<>();
    private final Deque<Snapshot.FinishedTask> recent = new ArrayDeque<>();
    private final Map<Hold.Key, Hold> holds = new LinkedHashMap<>();
    private final Counters totals;
    private final OutboxFold outbox;
    private final ScheduleFold schedules;
    private Snapshot.@Nullable DaemonView daemon;
    private long seq;
    private JournalPosition position;
    /** False after an event that could not be folded: what was counted of it, and what later ones built on, is unknown. */
    private boolean whole = true;

    /** Continues from {@code start}. */
    public StateIndex(Snapshot start) {
        start.active().forEach(view -> active.put(view.id(), view));
        recent.addAll(start.recent());
        totals = new Counters(start.totals(), start.today());
        start.holds().forEach(hold -> holds.put(hold.key(), hold));
        outbox = new OutboxFold(start.outbox());
        schedules = new ScheduleFold(start.schedules());
        daemon = start.daemon();
        seq = start.seq();
        position = start.position();
    }

    @Override
    public synchronized void written(JournalEntry entry, JournalPosition after) {
        boolean before = whole;
        whole = false;
        fold(entry);
        seq = entry.seq();
        position = after;
        whole = before;
    }

    /**
     * False when an event could not be folded. Then no snapshot may be saved: a start that went on from it would never see
     * that event again. It is folded from the journal at the next start.
     */
    synchronized boolean isWhole() {
        return whole;
    }

    private void fold(JournalEntry entry) {
        Event event = entry.event();
        if (event instanceof TaskEvent about) {
            TaskView before = active.get(about.taskId());
            apply(about, entry.ts());
            TaskView after = active.get(about.taskId());
            outbox.fold(entry.seq(), event, after == null ? before : after, entry.ts());
        } else {
            apply((DaemonEvent) event, entry.ts());
            outbox.fold(entry.seq(), event, null, entry.ts());
        }
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                Snapshot.SCHEMA_VERSION,
                seq,
                position,
                daemon,
                totals.totals(),
                totals.today(),
                new ArrayList<>(holds.values()),
                new ArrayList<>(active.values()),
                new ArrayList<>(recent),
                outbox.outbox(),
                schedules.views());
    }

    /** How far what comes by the clock is. */
    public synchronized List<ScheduleView> schedules() {
        return schedules.views();
    }

    /** Notices that are not told yet everywhere. */
    public synchronized Outbox outbox() {
        return outbox.outbox();
    }

    /** Number of the last event that is folded in. */
    public synchronized long seq() {
        return seq;
    }

    /** What was spent so far: in all, and on the latest day with an attempt. */
    public synchronized Spent spent() {
        return new Spent(totals.totals(), totals.today());
    }

    /** Sums of attempts and money. */
    public record Spent(Snapshot.Totals total, Snapshot.Today today) {}

    /** The picture of a task that is not over. */
    public synchronized Optional<TaskView> active(TaskId id) {
        return Optional.ofNullable(active.get(id));
    }

    /** All tasks that are not over, in the order in which they were accepted. */
    public synchronized List<TaskView> active() {
        return new ArrayList<>(active.values());
    }

    private void apply(TaskEvent event, Instant at) {
        totals.count(event, at);
        if (event instanceof TaskEvent.TaskAccepted accepted) {
            active.put(event.taskId(), accepted.opened());
            return;
        }
        TaskView before = active.get(event.taskId());
        if (before == null && event instanceof TaskEvent.TurnStarted started) {
            active.put(event.taskId(), started.opened(at));
            totals.countReopened(started);
            recent.removeIf(task -> task.taskId().equals(event.taskId()));
            return;
        }
        if (before == null) {
            // A task that is over can still be spoken of; its picture is its artifact.
            return;
        }
        TaskView after = event.fold(before, at);
        if (!before.status().canBecome(after.status())) {
            totals.countImpossibleTransition();
        }
        if (event instanceof TaskEvent.TaskFinished finished) {
            active.remove(event.taskId());
            remember(after, finished, at);
        } else {
            active.put(event.taskId(), after);
        }
    }

    private void remember(TaskView view, TaskEvent.TaskFinished finished, Instant at) {
        recent.addFirst(new Snapshot.FinishedTask(
                view.id(), view.task().spec().title(), finished.status(), at, finished.durationMs()));
        if (recent.size() > RECENT) {
            recent.removeLast();
        }
    }

    private void apply(DaemonEvent event, Instant at) {
        totals.count(event, at);
        if (event instanceof DaemonEvent.DaemonStarted started) {
            if (daemon != null && daemon.stoppedAt() == null) {
                active.replaceAll((id, view) -> view.afterDeath());
            }
            daemon = new Snapshot.DaemonView(started.version(), started.pid(), started.workers(), at, null, null);
        } else if (event instanceof DaemonEvent.DaemonStopped stopped && daemon != null) {
            daemon = daemon.stopped(at, stopped.reason());
            stopped.leftRunning().forEach(id -> active.computeIfPresent(id, (key, view) -> view.leftAtWork()));
        } else if (event instanceof DaemonEvent.ConfigReloaded reloaded && daemon != null) {
            daemon = daemon.after(reloaded);
        } else if (event instanceof DaemonEvent.QueuePaused paused) {
            hold(paused, at);
        } else if (event instanceof DaemonEvent.QueueResumed resumed) {
            holds.remove(resumed.key());
        } else if (event instanceof ScheduleEvent about) {
            schedules.fold(about, at);
        }
    }

    /** What is said again of a hold that is in force does not make it younger. */
    private void hold(DaemonEvent.QueuePaused paused, Instant at) {
        Hold next = paused.hold(at);
        Hold before = holds.get(next.key());
        holds.put(next.key(), before == null ? next : paused.hold(before.since()));
    }
}
