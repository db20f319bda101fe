package dev.orchestrator.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.config.Home;
import dev.orchestrator.guard.staging.Applier;
import dev.orchestrator.guard.staging.Change;
import dev.orchestrator.guard.staging.ChangeSet;
import dev.orchestrator.guard.staging.ChangeStore;
import dev.orchestrator.guard.staging.Staging;
import dev.orchestrator.guard.staging.TurnFiles;
import dev.orchestrator.task.Approval;
import dev.orchestrator.task.ApprovalEvent.ChangeApplied;
import dev.orchestrator.task.ApprovalEvent.ChangeRefused;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a person has decided about the change of a guarded task. The decision is in the journal; after a crash it is done
 * again, which changes nothing that is done.
 */
final class ApprovalStep {
    private static final Logger log = LoggerFactory.getLogger(ApprovalStep.class);
    private static final int MOST_FILES_IN_EVENT = 50;

    private final Home home;
    private final Staging staging;
    private final PersistStep persist;
    private final EventSink journal;

    ApprovalStep(Home home, Staging staging, PersistStep persist, EventSink journal) {
        this.home = home;
        this.staging = staging;
        this.persist = persist;
        this.journal = journal;
    }

    /** @param waiting the artifact of a turn that {@link TaskView#isDecided is decided} */
    Outcome run(TaskView view, Artifact waiting) throws IOException {
        Approval approval = view.approval();
        Artifact.Approval asked = waiting.approval();
        if (approval == null || approval.decision() == null || asked == null) {
            throw new IllegalStateException("nobody has decided about task " + view.id());
        }
        Approval.Decision decision = approval.decision();
        if (!decision.granted()) {
            persist.decided(waiting, TaskStatus.REJECTED, decided(asked, decision, List.of(), List.of(), null));
            return new Outcome.Finished(TaskStatus.REJECTED);
        }
        Applier.Result result = apply(view, decision.files());
        if (result instanceof Applier.Result.Refused refused) {
            return refused(view, refused.problems());
        }
        Applier.Result.Applied applied = (Applier.Result.Applied) result;
        journal.commit(event(view, applied));
        String undo = home.relative(files(view.id(), view.turn()).undoPatch());
        persist.decided(
                waiting, TaskStatus.SUCCEEDED, decided(asked, decision, applied.paths(), applied.merged(), undo));
        return new Outcome.Finished(TaskStatus.SUCCEEDED);
    }

    private Outcome refused(TaskView view, List<String> problems) {
        journal.commit(new ChangeRefused(view.id(), view.turn(), problems));
        return new Outcome.Waiting(TaskStatus.AWAITING_APPROVAL);
    }

    /** What is damaged or gone will not come back by trying again. */
    private Applier.Result apply(TaskView view, List<String> globs) throws IOException {
        try {
            return applyKept(view, globs);
        } catch (JsonProcessingException | NoSuchFileException e) {
            return new Applier.Result.Refused(List.of("the records of the change cannot be used: " + e.getMessage()));
        }
    }

    private Applier.Result applyKept(TaskView view, List<String> globs) throws IOException {
        TurnFiles files = files(view.id(), view.turn());
        ChangeStore store = new ChangeStore(files);
        Optional<ChangeSet> set = store.find();
        // What was begun has been looked at then, and is not left half done, whatever became of the patch since.
        boolean begun = new Applier(files).isBegun();
        boolean whole = set.isPresent() && (begun || isWhole(view, store, set.get()));
        if (set.isEmpty() || !whole) {
            return new Applier.Result.Refused(List.of("the change is not what it was when it began to wait"));
        }
        // What was granted of it is in the plan then.
        List<Change> granted = begun ? set.get().files() : store.chosen(set.get(), new Granted(globs));
        Path directory = Path.of(set.get().directory());
        if (!set.get().directory().equals(view.task().directory())) {
            return new Applier.Result.Refused(List.of("the change is of another directory"));
        }
        Applier.Result result = alone(directory, () -> new Applier(files).apply(granted, directory));
        if (result instanceof Applier.Result.Applied) {
            writeUndoPatch(store, set.get(), files);
        }
        return result;
    }

    /** True when what would be applied, what people have seen, and what the journal says are one thing. */
    private boolean isWhole(TaskView view, ChangeStore store, ChangeSet set) throws IOException {
        return isAsAsked(view, set) && store.isWhole(set) && store.isPatch(set, home.patch(view.id()));
    }

    private static boolean isAsAsked(TaskView view, ChangeSet set) {
        Approval approval = view.approval();
        return approval != null && approval.patchSha256().equals(set.patchSha256());
    }

    private interface Applying {
        Applier.Result run() throws IOException;
    }

    private Applier.Result alone(Path directory, Applying applying) throws IOException {
        if (!isWhereItWas(directory)) {
            return new Applier.Result.Refused(List.of("the working directory " + directory + " is not where it was"));
        }
        Lock alone = staging.applying();
        alone.lock();
        try {
            return applying.run();
        } finally {
            alone.unlock();
        }
    }

    /** It is for people to read; the way back does not need it. */
    private static void writeUndoPatch(ChangeStore store, ChangeSet set, TurnFiles files) throws IOException {
        Optional<Applier.WayBack> back = new Applier(files).wayBack();
        if (!store.writeUndoPatch(set, back.map(Applier.WayBack::changes).orElse(List.of()))) {
            log.warn("Task {}: how to take its change back cannot be written down.", set.taskId());
        }
    }

    private static boolean isWhereItWas(Path directory) {
        try {
            return directory.toRealPath().equals(directory);
        } catch (IOException e) {
            return false;
        }
    }

    /** True when a turn that takes back has begun to, so that the directory may have a part of it. */
    boolean isBegun(TaskView view) throws IOException {
        return new Applier(files(view.id(), view.turn())).isBegun();
    }

    /** Takes the change of an earlier turn back; this turn is nothing but that. */
    TurnEnd undo(TaskView view, int turn) throws IOException {
        Optional<ChangeSet> set = new ChangeStore(files(view.id(), turn)).find();
        Optional<Applier.WayBack> back = new Applier(files(view.id(), turn)).wayBack();
        if (set.isEmpty() || back.isEmpty()) {
            return cannot(view, "the records of turn " + turn + " are gone");
        }
        Path directory = Path.of(set.get().directory());
        TurnFiles own = files(view.id(), view.turn());
        Applier.Result result = alone(directory, () -> new Applier(own).restore(back.get(), directory));
        if (result instanceof Applier.Result.Refused refused) {
            return cannot(view, String.join("; ", refused.problems()));
        }
        journal.commit(event(view, (Applier.Result.Applied) result));
        return TurnEnd.remarked(view, TaskStatus.REJECTED, null, "The change of turn " + turn + " was taken back.");
    }

    private static TurnEnd cannot(TaskView view, String problem) {
        Failure why = Failure.of(FailureCategory.CONFLICT, "the change cannot be taken back: " + problem);
        return TurnEnd.remarked(view, TaskStatus.FAILED, why, why.message());
    }

    private static ChangeApplied event(TaskView view, Applier.Result.Applied applied) {
        return new ChangeApplied(
                view.id(),
                view.turn(),
                applied.paths().stream().limit(MOST_FILES_IN_EVENT).toList(),
                applied.paths().size(),
                applied.merged().stream().limit(MOST_FILES_IN_EVENT).toList());
    }

    private static Artifact.Approval decided(
            Artifact.Approval asked,
            Approval.Decision decision,
            List<String> applied,
            List<String> merged,
            @Nullable String undo) {
        return new Artifact.Approval(
                asked.requestedAt(),
                asked.expiresAt(),
                asked.patchSha256(),
                asked.files(),
                asked.leftOut(),
                decision.granted() ? "granted" : "rejected",
                decision.by(),
                decision.at(),
                decision.reason(),
                decision.files(),
                applied,
                merged,
                undo);
    }

    private TurnFiles files(TaskId id, int turn) {
        return new TurnFiles(home.runs(id), turn);
    }
}
