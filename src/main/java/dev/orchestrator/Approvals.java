package dev.orchestrator;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.guard.staging.Applier;
import dev.orchestrator.guard.staging.ChangeSet;
import dev.orchestrator.guard.staging.ChangeStore;
import dev.orchestrator.guard.staging.TurnFiles;
import dev.orchestrator.pipeline.Granted;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.Approval;
import dev.orchestrator.task.ApprovalEvent.ApprovalGranted;
import dev.orchestrator.task.ApprovalEvent.ApprovalRejected;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What persons decide about the changes of guarded tasks. A decision is on disk before it is done. Commands are for the
 * control thread; {@link #expire} is for any.
 */
final class Approvals {
    private static final Logger log = LoggerFactory.getLogger(Approvals.class);
    /** An answer says what came of it, unless that takes longer than anybody waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Home home;
    private final StateIndex state;
    private final ArtifactStore artifacts;
    private final Engine engine;
    private final AnotherTurn anotherTurn;
    private final EventSink journal;
    private final TimeSource time;
    /** Since when whoever asked waits for an answer. */
    private final Map<TaskId, Stopwatch> asked = new HashMap<>();

    Approvals(
            Home home,
            StateIndex state,
            ArtifactStore artifacts,
            Engine engine,
            AnotherTurn anotherTurn,
            EventSink journal,
            TimeSource time) {
        this.home = home;
        this.state = state;
        this.artifacts = artifacts;
        this.engine = engine;
        this.anotherTurn = anotherTurn;
        this.journal = journal;
        this.time = time;
    }

    Reply approve(TaskId id, String by, List<String> files) {
        Optional<TaskView> view = state.active(id);
        if (view.isEmpty() || !waits(view.get())) {
            return asked.containsKey(id) ? cameTo(id) : notWaiting(id, view);
        }
        Approval approval = view.get().approval();
        if (approval != null && approval.decision() != null) {
            return approval.isGranted() ? patiently(id) : alreadyDecided(id, approval.decision());
        }
        if (asked.remove(id) != null && approval != null && !approval.problems().isEmpty()) {
            return Reply.refused("Task " + id + ": nothing was applied: "
                    + String.join("; ", approval.problems()) + ". It goes on waiting; `reject " + id + "`, then `retry "
                    + id + "` does it again from how things are now.");
        }
        Optional<String> problem = problem(view.get(), files);
        if (problem.isPresent()) {
            return Reply.refused("Task " + id + ": " + problem.get());
        }
        journal.commit(new ApprovalGranted(id, view.get().turn(), by, files));
        asked.put(id, Stopwatch.start(time));
        engine.conclude(view.get().task());
        return Reply.notYet();
    }

    private static boolean waits(TaskView view) {
        return view.status() == TaskStatus.AWAITING_APPROVAL;
    }

    /** Granted and not done yet: it may be that somebody else is at work in the directory. */
    private Reply patiently(TaskId id) {
        Stopwatch since = asked.computeIfAbsent(id, key -> Stopwatch.start(time));
        if (!since.reached(PATIENCE)) {
            return Reply.notYet();
        }
        asked.remove(id);
        return Reply.done(
                "Task " + id + " is approved; its change is applied as soon as nobody else works in its directory.");
    }

    private Reply cameTo(TaskId id) {
        asked.remove(id);
        try {
            Optional<Artifact.Approval> approval = artifacts.find(id).map(Artifact::approval);
            return approval.map(done -> Reply.done(
                            "Task " + id + ": " + told(done) + " `approve --undo " + id + "` takes it back."))
                    .orElseGet(() -> Reply.refused("Task " + id + " is over."));
        } catch (IOException e) {
            return Reply.refused("How task " + id + " stands cannot be read: " + e.getMessage());
        }
    }

    private static String told(Artifact.Approval done) {
        int count = done.applied().size();
        String merged = done.merged().isEmpty()
                ? ""
                : " Merged with what was changed there meanwhile: " + String.join(", ", done.merged()) + ".";
        return (count == 1 ? "1 file is" : count + " files are") + " changed." + merged;
    }

    /** Why {@code files} cannot be granted. */
    private Optional<String> problem(TaskView view, List<String> files) {
        Optional<String> bad =
                files.stream().filter(glob -> !Granted.isGlob(glob)).findFirst();
        if (bad.isPresent()) {
            return Optional.of("`" + bad.get() + "` is no pattern for files.");
        }
        try {
            ChangeStore store = new ChangeStore(files(view.id(), view.turn()));
            Optional<ChangeSet> set = store.find();
            if (set.isEmpty()) {
                return Optional.of("the records of its change are gone, so it cannot be applied.");
            }
            return store.chosen(set.get(), new Granted(files)).isEmpty()
                    ? Optional.of("no file of its change is among " + String.join(", ", files) + ".")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("its change cannot be read: " + e.getMessage());
        }
    }

    Reply reject(TaskId id, String by, @Nullable String reason) {
        Optional<TaskView> view = state.active(id);
        if (view.isEmpty() || !waits(view.get())) {
            return notWaiting(id, view);
        }
        Approval approval = view.get().approval();
        if (approval != null && approval.decision() != null) {
            return alreadyDecided(id, approval.decision());
        }
        journal.commit(new ApprovalRejected(id, view.get().turn(), by, reason));
        engine.conclude(view.get().task());
        return Reply.done("Task " + id + " is rejected; nothing of it is applied. `retry " + id + "` does it again.");
    }

    private static Reply alreadyDecided(TaskId id, Approval.Decision decision) {
        return Reply.refused("Task " + id + " is " + (decision.granted() ? "approved" : "rejected") + " already, by "
                + decision.by() + '.');
    }

    private Reply notWaiting(TaskId id, Optional<TaskView> view) {
        if (view.isPresent()) {
            return Reply.refused("Task " + id + " is " + view.get().status() + " and does not wait for approval.");
        }
        try {
            Optional<Artifact> artifact = artifacts.find(id);
            return Reply.refused(
                    artifact.isEmpty()
                            ? artifacts.absence(id, "approved or rejected")
                            : "Task " + id + " is over (" + artifact.get().status()
                                    + ") and does not wait for approval.");
        } catch (IOException e) {
            return Reply.refused("How task " + id + " stands cannot be read: " + e.getMessage());
        }
    }

    Reply undo(TaskId id, String by) {
        Optional<TaskView> view = state.active(id);
        if (view.isPresent()) {
            // What is granted is applied soon, and whoever says this wants it taken back then.
            return isGranted(view.get())
                    ? Reply.notYet()
                    : Reply.refused("Task " + id + " is not over; there is nothing to take back.");
        }
        try {
            Optional<Artifact> over = artifacts.find(id);
            if (over.isEmpty()) {
                return Reply.refused(artifacts.absence(id, "taken back"));
            }
            Optional<Integer> turn = applied(over.get());
            if (turn.isEmpty()) {
                return Reply.refused("Task " + id + ' ' + nothingToTakeBack(over.get()));
            }
            Optional<String> problem = cannotUndo(id, turn.get());
            return problem.isPresent()
                    ? Reply.refused("Task " + id + " cannot be taken back: " + problem.get())
                    : anotherTurn.undo(over.get(), turn.get(), by);
        } catch (IOException e) {
            return Reply.refused("Task " + id + " cannot be taken back: " + e.getMessage());
        }
    }

    private static boolean isGranted(TaskView view) {
        return view.approval() != null && view.approval().isGranted();
    }

    private String nothingToTakeBack(Artifact over) {
        boolean cleaned = over.approval() != null
                && !over.approval().applied().isEmpty()
                && !Files.isDirectory(home.runs(over.taskId()));
        return cleaned
                ? "cannot be taken back any more: the records of its runs are removed (`clean runs`), and with them the way back."
                : "has no change that is applied.";
    }

    /**
     * The turn whose change is in the directory: the last one that was applied and that no later turn took back. Each that
     * took back did so with the last one that was there.
     */
    private Optional<Integer> applied(Artifact latest) throws IOException {
        int takenBack = 0;
        for (int turn = latest.turn(); turn > 0; turn--) {
            TurnFiles files = files(latest.taskId(), turn);
            if (new Applier(files).wayBack().isEmpty()) {
                continue;
            }
            if (new ChangeStore(files).find().isEmpty()) {
                takenBack++;
            } else if (takenBack == 0) {
                return Optional.of(turn);
            } else {
                takenBack--;
            }
        }
        return Optional.empty();
    }

    private Optional<String> cannotUndo(TaskId id, int turn) throws IOException {
        TurnFiles files = files(id, turn);
        Optional<ChangeSet> set = new ChangeStore(files).find();
        Optional<Applier.WayBack> back = new Applier(files).wayBack();
        if (set.isEmpty() || back.isEmpty()) {
            return Optional.of("its records are gone.");
        }
        List<String> problems =
                new Applier(files).problems(back.get(), Path.of(set.get().directory()));
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems) + ".");
    }

    private TurnFiles files(TaskId id, int turn) {
        return new TurnFiles(home.runs(id), turn);
    }

    /** What nobody has granted in time is rejected. */
    void expire() {
        for (TaskView view : state.active()) {
            Approval approval = waits(view) ? view.approval() : null;
            boolean late = approval != null
                    && approval.decision() == null
                    && approval.expiresAt() != null
                    && !approval.expiresAt().isAfter(time.now());
            if (late) {
                log.info("Task {}: nobody has approved its change in time; it is rejected.", view.id());
                journal.commit(
                        new ApprovalRejected(view.id(), view.turn(), Approval.NOBODY, "nobody approved it in time"));
                engine.conclude(view.task());
            }
        }
    }
}
