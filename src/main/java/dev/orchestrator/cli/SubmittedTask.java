package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one dropped file through the journal to its end. Made before the file is dropped, so that nothing is missed. For
 * one thread.
 */
final class SubmittedTask {
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Duration LOOK_FOR_DAEMON_EVERY = Duration.ofSeconds(1);

    private final Home home;
    private final TimeSource time;
    private final JournalReader journal;
    private JournalPosition position;
    private final Consumer<Hold> listener;
    private final Set<Hold.Key> told = new HashSet<>();
    private final Map<Hold.Key, Hold> holds = new HashMap<>();
    /** From its first attempt on, except while it waits for another. */
    private boolean isRunning;

    /** Whether the agent that is built in does it. */
    private boolean ofBuiltInAgent = true;

    private @Nullable TaskId id;
    private @Nullable Outcome outcome;

    /** What came of waiting. */
    sealed interface Outcome {
        /** @param status one that is final, or that awaits a person */
        record Ended(TaskId id, TaskStatus status) implements Outcome {}

        record Rejected(DaemonEvent.TaskRejected event) implements Outcome {}

        /** @param id empty when it was not accepted before the daemon went */
        record DaemonGone(Optional<TaskId> id) implements Outcome {}

        /** Nothing is started before somebody has mended what {@code hold} is about. */
        record Stuck(TaskId id, Hold hold) implements Outcome {}

        /** @param id empty when it was not accepted in time */
        record OutOfTime(Optional<TaskId> id) implements Outcome {}
    }

    /** @param listener told what is in the way of starting the task */
    SubmittedTask(Home home, Consumer<Hold> listener, TimeSource time) throws IOException {
        this.home = home;
        this.listener = listener;
        this.time = time;
        this.journal = new JournalReader(home.journal());
        Snapshot before = new StateFile(home.state(), home.journal()).current().snapshot();
        this.position = before.position();
        before.holds().forEach(hold -> holds.put(hold.key(), hold));
    }

    /**
     * Returns when the task is over, or nobody is there to end it.
     *
     * @param file the name under which it was dropped
     * @param atMost empty to wait for as long as it takes
     */
    Outcome await(String file, String sha256, Optional<Duration> atMost) throws IOException, InterruptedException {
        Stopwatch waited = Stopwatch.start(time);
        Stopwatch sinceDaemon = Stopwatch.start(time);
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            boolean gone = false;
            if (sinceDaemon.reached(LOOK_FOR_DAEMON_EVERY)) {
                gone = DaemonInfo.running(home.daemonInfo()).isEmpty();
                sinceDaemon.restart();
            }
            // After the look for the daemon: what it wrote before it went is then read still.
            readOn(file, sha256);
            if (outcome != null) {
                return outcome;
            }
            tellHolds();
            Optional<Outcome> stuck = stuck();
            if (stuck.isPresent()) {
                return stuck.get();
            }
            if (gone) {
                return new Outcome.DaemonGone(Optional.ofNullable(id));
            }
            if (atMost.filter(waited::reached).isPresent()) {
                return new Outcome.OutOfTime(Optional.ofNullable(id));
            }
            never.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Each once: whoever waits wants to know what for. */
    private void tellHolds() {
        if (id == null || isRunning) {
            return;
        }
        for (Hold hold : inTheWay()) {
            if (!hold.cause().isLackOfAgent() && told.add(hold.key())) {
                listener.accept(hold);
            }
        }
    }

    private List<Hold> inTheWay() {
        return holds.values().stream()
                .filter(hold -> ofBuiltInAgent || !hold.cause().isOfBuiltInAgent())
                .toList();
    }

    private Optional<Outcome> stuck() {
        TaskId ours = id;
        return ours == null || isRunning
                ? Optional.empty()
                : inTheWay().stream()
                        .filter(hold -> hold.cause().isLackOfAgent())
                        .findFirst()
                        .map(hold -> new Outcome.Stuck(ours, hold));
    }

    private void readOn(String file, String sha256) throws IOException {
        position = journal.read(position, (line, after) -> {
            try {
                look(LineFormat.decode(line).event(), file, sha256);
            } catch (LineFormat.MalformedLine e) {
                // Not one of ours; the daemon says so when it repairs it.
            }
        });
    }

    private void look(Event event, String file, String sha256) {
        if (event instanceof TaskEvent.TaskAccepted accepted && id == null) {
            boolean ours = accepted.task().source().file().equals(file)
                    && accepted.task().source().sha256().equals(sha256);
            id = ours ? accepted.taskId() : null;
            ofBuiltInAgent = accepted.task().spec().agent() == null;
        } else if (event instanceof TaskEvent.TurnStarted turn && turn.source() != null && id == null) {
            boolean ours =
                    turn.source().file().equals(file) && turn.source().sha256().equals(sha256);
            id = ours ? turn.taskId() : null;
        } else if (event instanceof DaemonEvent.TaskRejected rejected && id == null) {
            // A file that was too large to be read was not hashed either.
            boolean sameContent =
                    rejected.sha256().equals(sha256) || rejected.sha256().isEmpty();
            outcome = rejected.file().equals(file) && sameContent ? new Outcome.Rejected(rejected) : outcome;
        } else if (event instanceof DaemonEvent.QueuePaused paused) {
            Hold hold = paused.hold(time.now());
            holds.put(hold.key(), hold);
        } else if (event instanceof DaemonEvent.QueueResumed resumed) {
            holds.remove(resumed.key());
        } else if (event instanceof AttemptEvent.AttemptStarted started
                && started.taskId().equals(id)) {
            isRunning = true;
        } else if (event instanceof AttemptEvent.AttemptFinished finished
                && finished.taskId().equals(id)) {
            isRunning = finished.retryAt() == null;
        } else if (event instanceof TaskEvent.TurnFinished turn && turn.taskId().equals(id)) {
            outcome = turn.status().awaitsPerson() ? new Outcome.Ended(turn.taskId(), turn.status()) : outcome;
        } else if (event instanceof TaskEvent.TaskFinished end && end.taskId().equals(id)) {
            outcome = new Outcome.Ended(end.taskId(), end.status());
        }
    }
}
