package dev.orchestrator.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.guard.staging.ChangeSet;
import dev.orchestrator.guard.staging.ChangeStore;
import dev.orchestrator.guard.staging.Staging;
import dev.orchestrator.guard.staging.TurnFiles;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the change of a guarded turn out of its copy when the turn is over. Thread-safe. */
final class GuardedTurns {
    private static final Logger log = LoggerFactory.getLogger(GuardedTurns.class);

    private static final String NOTHING =
            "a task of this type changes files, and what it did in its copy changed no content that could be applied";

    private final Home home;
    private final Staging staging;
    private final Workplaces places;
    private final WorkingDirectory workingDirectory;

    GuardedTurns(Home home, Staging staging, Workplaces places, WorkingDirectory workingDirectory) {
        this.home = home;
        this.staging = staging;
        this.places = places;
        this.workingDirectory = workingDirectory;
    }

    /** {@code end}, with its change: one that succeeded and changed something waits for a person from here on. */
    TurnEnd settle(TurnEnd end) throws IOException {
        Optional<AttemptView> copied = end.view().lastAttempt().filter(last -> last.directory() != null);
        if (copied.isEmpty()) {
            return end;
        }
        TaskView view = end.view();
        Optional<ChangeSet> change = change(view, copied.get());
        if (change.isEmpty()) {
            return end.status() == TaskStatus.SUCCEEDED ? end.failing(lost(view)) : end;
        }
        boolean changes = !change.get().files().isEmpty();
        if (changes) {
            Path patch = files(view).patch();
            AtomicFile.write(home.patch(view.id()), out -> Files.copy(patch, out));
        }
        Optional<TurnEnd> hollow = changes ? Optional.empty() : hollow(end);
        if (hollow.isPresent()) {
            return hollow.get();
        }
        boolean waits = changes && end.status() == TaskStatus.SUCCEEDED;
        return end.changing(change.get(), waits ? TaskStatus.AWAITING_APPROVAL : end.status());
    }

    /** What succeeded by a change of which nothing is left to be applied: permissions that no change carries, say. */
    private static Optional<TurnEnd> hollow(TurnEnd end) {
        if (end.status() != TaskStatus.SUCCEEDED || end.validation() == null) {
            return Optional.empty();
        }
        Failure why = Failure.of(FailureCategory.VALIDATION, NOTHING);
        return end.validation().withoutChange(NOTHING).map(report -> end.failing(why, report));
    }

    /** Empty when nobody can tell what was changed: its records were tampered with, or are gone. */
    private Optional<ChangeSet> change(TaskView view, AttemptView last) throws IOException {
        try {
            return staging.isWhole(view.id())
                    ? collect(view, last)
                    : store(view).find();
        } catch (ZipException | NoSuchFileException | JsonProcessingException e) {
            log.warn("Task {}: the records of its change cannot be used: {}", view.id(), e.toString());
            return Optional.empty();
        } catch (AccessDeniedException e) {
            if (e.getFile() == null || !staging.contains(Path.of(e.getFile()))) {
                throw e;
            }
            // What an agent left in its copy will be no more readable the next time.
            log.warn("Task {}: its change cannot be read: {}", view.id(), e.toString());
            return Optional.empty();
        }
    }

    /** Empty when a part of the copy could not be read. */
    private Optional<ChangeSet> collect(TaskView view, AttemptView last) throws IOException {
        Workplace place = places.of(view.task(), last);
        RunFiles first = new RunFiles(home.runs(view.id()), view.turn(), 1);
        Changes changes = workingDirectory
                .look(place.directory(), WorkingDirectory.Before.onDisk(first))
                .changes();
        if (!changes.unread().isEmpty()) {
            return Optional.empty();
        }
        List<String> paths = changes.files().stream().map(FileChange::path).toList();
        return Optional.of(
                store(view).collect(view.id(), place.original(), place.directory(), staging.top(view.id()), paths));
    }

    private static Failure lost(TaskView view) {
        return Failure.of(
                        FailureCategory.INTERNAL,
                        "what was changed in the copy of " + view.task().directory() + " cannot be told any more")
                .suggesting("`retry` does the task again; nothing of it is in the directory.");
    }

    /** The turn is published, and what was needed to tell its change is not any more. */
    void over(TaskView view) throws IOException {
        staging.remove(view.id());
        store(view).forgetBase();
    }

    private ChangeStore store(TaskView view) {
        return new ChangeStore(files(view));
    }

    private TurnFiles files(TaskView view) {
        return new TurnFiles(home.runs(view.id()), view.turn());
    }
}
