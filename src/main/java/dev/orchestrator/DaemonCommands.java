package dev.orchestrator;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.control.Commands;
import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.Approval;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Signal;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person can ask of this daemon. What is wanted is on disk before it is done. For one thread at a time: see {@link
 * ControlDesk}.
 */
final class DaemonCommands implements Commands {
    private final StateIndex state;
    private final ArtifactStore artifacts;
    private final Engine engine;
    private final Dispatcher dispatcher;
    private final AnotherTurn anotherTurn;
    private final Approvals approvals;
    private final Housekeeper housekeeper;
    private final TaskReplies replies;
    private final EventSink journal;
    private final TimeSource time;
    private volatile boolean stopping;
    /** Until somebody says how, they stay as they are. */
    private volatile Function<String, Reply> reloading =
            by -> Reply.refused("The settings of this daemon are fixed; start it anew to change them.");

    DaemonCommands(
            StateIndex state,
            ArtifactStore artifacts,
            Engine engine,
            Dispatcher dispatcher,
            AnotherTurn anotherTurn,
            Approvals approvals,
            Housekeeper housekeeper,
            TaskReplies replies,
            EventSink journal,
            TimeSource time) {
        this.state = state;
        this.artifacts = artifacts;
        this.engine = engine;
        this.dispatcher = dispatcher;
        this.anotherTurn = anotherTurn;
        this.approvals = approvals;
        this.housekeeper = housekeeper;
        this.replies = replies;
        this.journal = journal;
        this.time = time;
    }

    @Override
    public Reply cancel(TaskId id, String by) {
        Optional<TaskView> view = state.active(id);
        if (view.isEmpty()) {
            return overOrUnknown(id, "cancelled");
        }
        Approval approval = view.get().approval();
        if (approval != null && approval.decision() != null) {
            return Reply.refused("Task " + id
                    + (approval.isGranted()
                            ? " is approved, and its change is being applied. `approve --undo " + id
                                    + "` takes it back."
                            : " is rejected already."));
        }
        if (view.get().notes().undoes() != null) {
            // What is begun of that is brought to its end, so nobody may be told that it is not.
            return Reply.refused("Task " + id + " cannot be cancelled: its change is being taken back.");
        }
        if (view.get().cancelledBy() == null) {
            journal.commit(new TaskEvent.TaskCancelled(id, by));
        }
        if (state.active(id).isEmpty()) {
            // It came to its end meanwhile.
            return overOrUnknown(id, "cancelled");
        }
        if (!engine.signal(id, new Signal.Cancel(by))) {
            // It waits for a person, and so for nothing that the engine has.
            engine.submit(view.get().task(), null);
            engine.signal(id, new Signal.Cancel(by));
        }
        return Reply.done("Task " + id + ' ' + cancelled(view.get()));
    }

    private String cancelled(TaskView view) {
        if (view.status() != TaskStatus.RUNNING) {
            return stopping ? "is cancelled when a daemon starts again; this one is stopping." : "is cancelled.";
        }
        return view.decisiveAttempt().isPresent()
                ? "has an agent that is done already; it ends as cancelled all the same, and its artifact has what was done."
                : "is running; its agent is being stopped, and it ends as cancelled.";
    }

    /** From here on nothing is begun any more. */
    void daemonStops() {
        stopping = true;
    }

    @Override
    public Reply retry(TaskId id, String by) {
        Optional<TaskView> view = state.active(id);
        if (view.isPresent()) {
            return hurry(view.get(), by);
        }
        try {
            Optional<Artifact> artifact = artifacts.find(id);
            if (artifact.isEmpty() || artifact.get().status() == TaskStatus.SUCCEEDED) {
                return overOrUnknown(id, "done again");
            }
            dispatcher.forget(id);
            return anotherTurn.again(artifact.get(), by);
        } catch (IOException e) {
            return Reply.refused("Task " + id + " cannot be done again: " + e.getMessage());
        }
    }

    private Reply hurry(TaskView view, String by) {
        TaskId id = view.id();
        if (view.cancelledBy() != null) {
            return Reply.notYet();
        }
        if (view.status().awaitsPerson()) {
            String closing = view.status() == TaskStatus.AWAITING_APPROVAL ? "reject" : "cancel";
            return Reply.refused("Task " + id + " is " + view.status() + ". `" + closing + ' ' + id
                    + "` closes it; then `retry " + id + "` does it again.");
        }
        if (view.status() != TaskStatus.QUEUED) {
            return Reply.refused("Task " + id + " is " + view.status() + "; there is nothing to do again.");
        }
        if (rests(view)) {
            hurryOn(view, by);
            return Reply.done("Task " + id + " is tried again now." + inTheWay());
        }
        return Reply.refused("Task " + id + " is queued already." + inTheWay());
    }

    @Override
    public Reply reply(TaskId id, String by, String message) {
        return replies.say(id, by, message, null);
    }

    @Override
    public Reply approve(TaskId id, String by, List<String> files) {
        return approvals.approve(id, by, files);
    }

    @Override
    public Reply reject(TaskId id, String by, @Nullable String reason) {
        return approvals.reject(id, by, reason);
    }

    @Override
    public Reply undo(TaskId id, String by) {
        return approvals.undo(id, by);
    }

    @Override
    public Reply pause(String by, String reason) {
        dispatcher.pause(by, reason);
        // Whoever is told so may go to bed.
        journal.commit(List.of());
        return Reply.done("No further task is started; what runs goes on. `resume` goes on.");
    }

    @Override
    public Reply resume(String by) {
        List<Hold> left = dispatcher.resume(by);
        journal.commit(List.of());
        state.active().stream().filter(this::restsForMending).forEach(view -> hurryOn(view, by));
        return left.isEmpty()
                ? Reply.done("Tasks are started again.")
                : new Reply(left.stream().allMatch(hold -> hold.cause().isLackOfAgent()), stillInTheWay(left));
    }

    /** One that failed for what lies outside, and rests; when somebody says that it is mended, nobody has to wait. */
    private boolean restsForMending(TaskView view) {
        return rests(view)
                && view.lastAttempt()
                        .filter(last -> last.isExcused() && !waitsForWindow(last))
                        .isPresent();
    }

    private static boolean waitsForWindow(AttemptView attempt) {
        Failure failure = attempt.failure();
        return failure != null && failure.category().retry() == FailureCategory.Retry.AFTER_RESET;
    }

    /** To be called before the first command is done. */
    void reloadBy(Function<String, Reply> how) {
        reloading = how;
    }

    @Override
    public Reply clean(Cleaning.Kind kind, Duration age) {
        return housekeeper.clean(kind, age);
    }

    @Override
    public Reply prune(Optional<Duration> age) {
        return housekeeper.prune(age);
    }

    @Override
    public Reply reload(String by) {
        return reloading.apply(by);
    }

    private boolean rests(TaskView view) {
        return view.status() == TaskStatus.QUEUED
                && view.notBefore() != null
                && view.notBefore().isAfter(time.now());
    }

    private void hurryOn(TaskView view, String by) {
        journal.commit(
                new TaskEvent.TaskDeferred(view.id(), view.turn(), "not to wait any longer, says " + by, time.now()));
        engine.signal(view.id(), new Signal.Hurry(by));
    }

    private static String stillInTheWay(List<Hold> left) {
        String words =
                left.stream().map(hold -> hold.message() + ". " + hold.remedy()).collect(Collectors.joining(" "));
        return left.stream().allMatch(hold -> hold.cause().isLackOfAgent())
                ? "One task is let through to see whether this is mended: " + words
                : "This is still in the way: " + words;
    }

    private String inTheWay() {
        List<Hold> holds = dispatcher.holds();
        return holds.isEmpty()
                ? ""
                : " In the way of all tasks: " + holds.get(0).message() + ".";
    }

    private Reply overOrUnknown(TaskId id, String wish) {
        try {
            Optional<Artifact> artifact = artifacts.find(id);
            return Reply.refused(
                    artifact.isEmpty()
                            ? artifacts.absence(id, wish)
                            : "Task " + id + " is over (" + artifact.get().status() + ") and cannot be " + wish + ".");
        } catch (IOException e) {
            return Reply.refused("How task " + id + " stands cannot be read: " + e.getMessage());
        }
    }
}
