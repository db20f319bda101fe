package dev.orchestrator.intake;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.NameEncoding;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.intake.file.TaskFileReader;
import dev.orchestrator.intake.file.TaskFileResult;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code tasks/accepted/}: the files of tasks that are not over. Thread-safe. */
public final class AcceptedTasks {
    private static final Logger log = LoggerFactory.getLogger(AcceptedTasks.class);
    private static final String SUFFIX = ".task.md";

    private final Home home;
    private final Supplier<TaskFileReader> reader;
    private final RecentBodies recent = new RecentBodies();

    AcceptedTasks(Home home, Supplier<TaskFileReader> reader) {
        this.home = home;
        this.reader = reader;
    }

    /** What came of reading a task's text. */
    public sealed interface Result {
        /** @param title as the file has it; in the journal it stands without secrets */
        record Found(String title, TaskBody body) implements Result {}

        /** The text is not what was accepted; the task must not run. */
        record Unusable(Failure why) implements Result {}
    }

    /** Spares {@link #read} the file of a task that runs soon after it was accepted, as most do. */
    void remember(TaskId id, Result.Found text) {
        FileLook.at(home.accepted(id)).ifPresent(look -> recent.put(id, new RecentBodies.Entry(text, look)));
    }

    /**
     * The text of {@code task} as it was accepted; from the journal when the file is gone.
     *
     * @throws UncheckedIOException when the file is there and cannot be read now; that is no fault of the task
     */
    public Result read(Task task) {
        Optional<Result.Found> known = remembered(task.id());
        if (known.isPresent()) {
            return known.get();
        }
        try {
            byte[] content = content(task);
            if (!Sha256.of(content).equals(task.source().sha256())) {
                return new Result.Unusable(Failure.of(
                                FailureCategory.CONFIG,
                                "the task file changed after it was accepted; it may have been half written then")
                        .suggesting("Drop the complete file again."));
            }
            TaskFileResult result = reader.get().read(task.source().file(), content);
            if (result instanceof TaskFileResult.Understood understood) {
                return found(understood.draft());
            }
            return result instanceof TaskFileResult.NotUnderstood not
                    ? notAnyMore(not.rejection().reason(), not.rejection().remedy())
                    : notAnyMore("it says something to another task", "Drop it again.");
        } catch (NoSuchFileException e) {
            return new Result.Unusable(Failure.of(
                            FailureCategory.INTERNAL,
                            "the file of the task is gone, and the journal does not have its text, or has it without the"
                                    + " secrets that were in it: " + e)
                    .suggesting("Drop the file again."));
        } catch (IOException e) {
            throw new UncheckedIOException("the text of task " + task.id() + " cannot be read", e);
        }
    }

    private static Result notAnyMore(String reason, String remedy) {
        return new Result.Unusable(Failure.of(FailureCategory.CONFIG, "the task is not understood any more: " + reason)
                .suggesting(remedy));
    }

    /**
     * Makes up for a crash between two steps of taking a file in or putting it away. What cannot be moved is left as it is.
     *
     * @param active tasks that are not over
     * @param finished how a task ended that is over; empty when there is no such task
     */
    public void recover(Collection<Task> active, Function<TaskId, Optional<TaskStatus>> finished) throws IOException {
        PrivateFile.createDirectories(home.accepted());
        Map<TaskId, Task> missing = new HashMap<>();
        for (Task task : active) {
            if (!Files.exists(home.accepted(task.id())) && !finishMove(task)) {
                missing.put(task.id(), task);
            }
        }
        Set<TaskId> ids = active.stream().map(Task::id).collect(Collectors.toSet());
        Map<TaskId, Path> unknown = new HashMap<>();
        for (Path file : filesOfOthers(ids)) {
            archive(file, finished).ifPresent(id -> unknown.put(id, file));
        }
        AcceptedInJournal journal = new AcceptedInJournal(home, missing.keySet(), unknown.keySet());
        journal.read();
        unknown.forEach((id, file) -> putAway(file, id, journal.endOf(id, Sha256.ofFile(file))));
    }

    private List<Path> filesOfOthers(Set<TaskId> ids) throws IOException {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.accepted(), "*" + SUFFIX)) {
            for (Path file : files) {
                String stem = stem(file);
                if (TaskId.problem(stem).isEmpty() && !ids.contains(TaskId.parse(stem))) {
                    others.add(file);
                }
            }
        }
        return others;
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /**
     * The file was accepted and is still where it was dropped, or where it was corrected; or another turn was begun, and it is
     * still where it was put away.
     */
    private boolean finishMove(Task task) {
        for (Path directory : List.of(home.tasks(), home.rejected())) {
            Optional<Path> dropped = nameIn(directory, task).filter(file -> isOf(task, file));
            if (dropped.isPresent()) {
                return finishMove(dropped.get(), task);
            }
        }
        return Stream.of(TaskStatus.values())
                .map(end -> home.processed(task.id(), end))
                .filter(file -> isOf(task, file))
                .findFirst()
                .filter(file -> finishMove(file, task))
                .isPresent();
    }

    private static boolean isOf(Task task, Path file) {
        return Sha256.ofFile(file).equals(Optional.of(task.source().sha256()));
    }

    private boolean finishMove(Path dropped, Task task) {
        return moved(dropped, () -> {
            Moves.replace(dropped, home.accepted(task.id()));
            Moves.delete(home.reasonOf(dropped));
        });
    }

    /** Empty when no file can be called so here. */
    private static Optional<Path> nameIn(Path directory, Task task) {
        try {
            return Optional.of(directory.resolve(task.source().file()));
        } catch (InvalidPathException e) {
            if (NameEncoding.ofThisJvm().limit().isPresent()) {
                // It may be there under another locale. Taken for gone, it would be found then and done a second time.
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Puts away the file of a task that is over. Answers the task when nobody can say what became of it. */
    private Optional<TaskId> archive(Path file, Function<TaskId, Optional<TaskStatus>> finished) {
        TaskId id = TaskId.parse(stem(file));
        try {
            Optional<TaskStatus> end = finished.apply(id).filter(TaskStatus::isFinal);
            end.ifPresent(status -> putAway(file, id, end));
            return end.isPresent() ? Optional.empty() : Optional.of(id);
        } catch (UncheckedIOException e) {
            // Run again it must not be, as long as it may have been done; and it must not keep the others from running.
            log.warn("{} stays where it is, since how it ended cannot be read: {}", file, String.valueOf(e.getCause()));
            return Optional.empty();
        }
    }

    private void putAway(Path file, TaskId id, Optional<TaskStatus> end) {
        moved(file, () -> {
            if (end.isPresent()) {
                Moves.replace(file, home.processed(id, end.get()));
            } else {
                // Nobody knows it: whoever put it here wants it done, or it was to be accepted a moment later.
                FreeName.move(file, home.tasks().resolve(String.valueOf(file.getFileName())));
            }
        });
    }

    /** What moves a file. */
    @FunctionalInterface
    private interface Move {
        void run() throws IOException;
    }

    private static boolean moved(Path file, Move move) {
        try {
            move.run();
            return true;
        } catch (IOException e) {
            log.warn("{} cannot be moved and stays until the next start: {}", file, e.toString());
            return false;
        }
    }

    /** A file that does not look as it did then may have been half written when it was accepted: it is read again. */
    private static Result.Found found(TaskDraft draft) {
        return new Result.Found(draft.spec().title(), draft.body());
    }

    private Optional<Result.Found> remembered(TaskId id) {
        return recent.take(id)
                .filter(entry -> FileLook.at(home.accepted(id)).equals(Optional.of(entry.look())))
                .map(RecentBodies.Entry::text);
    }

    private byte[] content(Task task) throws IOException {
        try {
            return Files.readAllBytes(home.accepted(task.id()));
        } catch (NoSuchFileException e) {
            new AcceptedInJournal(home, Set.of(task.id()), Set.of()).read();
            return Files.readAllBytes(home.accepted(task.id()));
        }
    }
}
