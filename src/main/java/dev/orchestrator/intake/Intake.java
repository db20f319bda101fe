package dev.orchestrator.intake;

import dev.orchestrator.config.Home;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.files.Moves;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.intake.file.TaskFileReader;
import dev.orchestrator.intake.file.TaskFileResult;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns complete files into tasks, or rejects them with a reason. A whole batch is made safe with one sync: first every
 * acceptance is in the journal, then the files are moved, then the engine hears of the tasks. A crash in between is made up
 * for by {@link AcceptedTasks#recover}. For one thread.
 */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private static final int MOST_NAMES_REMEMBERED = 1000;

    private final Set<Path> complained = new HashSet<>();
    private final Home home;
    private final Supplier<TaskFileReader> reader;
    private final Supplier<Admission> admissions;
    private final RejectedFiles rejected;
    private final AcceptedTasks texts;
    private final EventSink journal;
    private final Engine engine;
    private final TimeSource time;

    Intake(
            Home home,
            Supplier<TaskFileReader> reader,
            Supplier<Admission> admissions,
            RejectedFiles rejected,
            AcceptedTasks texts,
            EventSink journal,
            Engine engine,
            TimeSource time) {
        this.home = home;
        this.reader = reader;
        this.admissions = admissions;
        this.rejected = rejected;
        this.texts = texts;
        this.journal = journal;
        this.engine = engine;
        this.time = time;
    }

    private record Accepted(Path file, Task task, TaskBody body, TaskAccepted event) {}

    /** Takes in {@code files}, which are complete. One that cannot be read or moved now stays where it is. */
    void take(List<Path> files) {
        Admission admission = admissions.get();
        List<Accepted> accepted = new ArrayList<>();
        for (Path file : files) {
            try {
                look(file, admission).ifPresent(accepted::add);
            } catch (NoSuchFileException e) {
                // Taken away by its owner, who may do so until it is accepted.
            } catch (IOException | UncheckedIOException e) {
                complain(file, e);
            }
        }
        journal.commit(accepted.stream().<Event>map(Accepted::event).toList());
        accepted.forEach(this::moveAndSubmit);
        syncDirectories(accepted);
    }

    /** Once a file: it is tried again every few seconds. */
    private void complain(Path file, Exception e) {
        if (complained.size() < MOST_NAMES_REMEMBERED && complained.add(file)) {
            log.warn("{} cannot be taken in and is tried again from time to time: {}", file, e.toString());
        }
    }

    private Optional<Accepted> look(Path file, Admission admission) throws IOException {
        TaskFileReader currentReader = reader.get();
        Optional<Rejection> tooLarge = currentReader.tooLarge(Files.size(file));
        if (tooLarge.isPresent()) {
            reject(file, "", tooLarge.get());
            return Optional.empty();
        }
        byte[] content = Files.readAllBytes(file);
        String name = String.valueOf(file.getFileName());
        TaskSource source = new TaskSource(name, Sha256.of(content), content.length);
        TaskFileResult result = currentReader.read(name, content);
        if (result instanceof TaskFileResult.NotUnderstood not) {
            reject(file, source.sha256(), not.rejection());
            return Optional.empty();
        }
        TaskDraft draft = ((TaskFileResult.Understood) result).draft();
        Admission.Result admitted = admission.admit(draft, source, time.now());
        if (admitted instanceof Admission.Result.Refused refused) {
            reject(file, source.sha256(), refused.rejection());
            return Optional.empty();
        }
        Admission.Result.Admitted in = (Admission.Result.Admitted) admitted;
        FileText.Written text = FileText.write(content);
        TaskAccepted event =
                new TaskAccepted(in.task().id(), in.task(), in.requestedId(), text.encoding(), text.text());
        return Optional.of(new Accepted(file, in.task(), draft.body(), event));
    }

    private void moveAndSubmit(Accepted accepted) {
        try {
            Moves.replace(accepted.file, home.accepted(accepted.task.id()));
            texts.remember(accepted.task.id(), accepted.body);
            if (accepted.file.startsWith(home.rejected())) {
                rejected.forget(accepted.file);
            }
        } catch (IOException e) {
            // The journal has the whole text, so the task can run; but the file must not be taken for a new one.
            log.warn(
                    "Task {}: {} was accepted but cannot be moved to tasks/accepted/: {}. Remove it by hand.",
                    accepted.task.id(),
                    accepted.file,
                    e.toString());
        }
        engine.submit(accepted.task, null);
    }

    private void reject(Path file, String sha256, Rejection rejection) throws IOException {
        Path moved = rejected.add(file, sha256, rejection, time.now());
        log.info("Rejected {}: {}. {}", file.getFileName(), rejection.reason(), rejection.remedy());
        journal.emit(new DaemonEvent.TaskRejected(
                String.valueOf(file.getFileName()),
                home.relative(moved),
                sha256,
                rejection.reason(),
                rejection.line(),
                rejection.remedy()));
    }

    private void syncDirectories(List<Accepted> accepted) {
        if (accepted.isEmpty()) {
            return;
        }
        try {
            Moves.syncDirectory(home.accepted());
            Moves.syncDirectory(home.tasks());
        } catch (IOException e) {
            log.warn("The names in tasks/ may not survive a power cut: {}", e.toString());
        }
    }
}
