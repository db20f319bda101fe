package dev.orchestrator.intake;

import dev.orchestrator.config.Home;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.intake.file.TaskFileReader;
import dev.orchestrator.intake.file.TaskFileResult;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns complete files into tasks, or rejects them with a reason. A batch of usual size is made safe with one sync: first the
 * files are moved, then every acceptance is in the journal, then the engine hears of the tasks. A file that cannot be moved
 * would be found again at each listing, so it is not accepted. A crash in between is made up for by
 * {@link AcceptedTasks#recover}. For one thread.
 */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    /** With so much text in hand, what was understood is made safe before more is read. */
    private static final long ENOUGH_BYTES = 4_000_000;

    private final Home home;
    private final Supplier<TaskFileReader> reader;
    private final Supplier<Admission> admissions;
    private final RejectedFiles rejected;
    private final Complaints complaints;
    private final ReplyFiles replies;
    private final AcceptedTasks texts;
    private final EventSink journal;
    private final Engine engine;
    private final Redaction redaction;
    private final TimeSource time;

    Intake(
            Home home,
            Supplier<TaskFileReader> reader,
            Supplier<Admission> admissions,
            RejectedFiles rejected,
            Complaints complaints,
            ReplyFiles replies,
            AcceptedTasks texts,
            EventSink journal,
            Engine engine,
            Redaction redaction,
            TimeSource time) {
        this.home = home;
        this.reader = reader;
        this.admissions = admissions;
        this.rejected = rejected;
        this.complaints = complaints;
        this.replies = replies;
        this.texts = texts;
        this.journal = journal;
        this.engine = engine;
        this.redaction = redaction;
        this.time = time;
    }

    /** @param onlyCopy true when the journal will not have all of its text */
    private record Accepted(
            Path file, Task task, AcceptedTasks.Result.Found text, TaskAccepted event, boolean onlyCopy) {}

    /** Takes in {@code files}, which are complete. One that cannot be read or moved now stays where it is. */
    void take(List<Path> files) {
        Admission admission = admissions.get();
        Iterator<Path> left = files.iterator();
        while (left.hasNext()) {
            takeTogether(someOf(left, admission));
        }
    }

    /** The next files that become tasks, as many as memory should hold at a time. */
    private List<Accepted> someOf(Iterator<Path> left, Admission admission) {
        List<Accepted> understood = new ArrayList<>();
        while (left.hasNext() && bytes(understood) < ENOUGH_BYTES) {
            Path file = left.next();
            tried(file, () -> look(file, admission).ifPresent(understood::add));
        }
        return understood;
    }

    private static long bytes(List<Accepted> understood) {
        return understood.stream()
                .mapToLong(accepted -> accepted.task.source().bytes())
                .sum();
    }

    private void takeTogether(List<Accepted> understood) {
        List<Accepted> moved = new ArrayList<>();
        for (Accepted each : understood) {
            tried(each.file, () -> {
                if (each.onlyCopy) {
                    syncContent(each.file);
                }
                move(each);
                moved.add(each);
                complaints.remove(each.file);
            });
        }
        if (!moved.isEmpty()) {
            syncDirectories();
            commit(moved);
            moved.forEach(this::submit);
        }
    }

    /** What may go wrong with one file. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void tried(Path file, Step step) {
        try {
            step.run();
        } catch (NoSuchFileException e) {
            // Taken away by its owner, who may do so until it is accepted.
            complaints.remove(file);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Whatever one file leads to, the others of its batch must not wait for it.
            complaints.add(file, e);
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
        if (result instanceof TaskFileResult.Reply reply) {
            say(file, source, reply);
            return Optional.empty();
        }
        return admitted(file, ((TaskFileResult.Understood) result).draft(), source, content, admission);
    }

    private void say(Path file, TaskSource source, TaskFileResult.Reply reply) throws IOException {
        Optional<Rejection> refused = replies.say(file, source, reply);
        if (refused.isPresent()) {
            reject(file, source.sha256(), refused.get());
            return;
        }
        complaints.remove(file);
        if (file.startsWith(home.rejected())) {
            forgetReason(file);
        }
    }

    private Optional<Accepted> admitted(
            Path file, TaskDraft draft, TaskSource source, byte[] content, Admission admission) throws IOException {
        Optional<Rejection> secret = SecretsInPlace.of(draft, source, redaction);
        if (secret.isPresent()) {
            reject(file, source.sha256(), secret.get());
            return Optional.empty();
        }
        Admission.Result admitted = admission.admit(draft, source, time.now());
        if (admitted instanceof Admission.Result.Refused refused) {
            reject(file, source.sha256(), refused.rejection());
            return Optional.empty();
        }
        Admission.Result.Admitted in = (Admission.Result.Admitted) admitted;
        FileText.Written text = FileText.write(content, redaction.redactor());
        TaskAccepted event =
                new TaskAccepted(in.task().id(), in.task(), in.requestedId(), text.encoding(), text.text());
        AcceptedTasks.Result.Found found =
                new AcceptedTasks.Result.Found(draft.spec().title(), draft.body());
        return Optional.of(new Accepted(file, in.task(), found, event, !text.complete()));
    }

    /** What the journal does not have must be on disk before the task is accepted. */
    private static void syncContent(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void move(Accepted accepted) throws IOException {
        Path target = home.accepted(accepted.task.id());
        try {
            Moves.replace(accepted.file, target);
        } catch (NoSuchFileException e) {
            PrivateFile.createDirectories(home.accepted());
            Moves.replace(accepted.file, target);
        }
    }

    private void commit(List<Accepted> moved) {
        try {
            journal.commit(moved.stream().<Event>map(Accepted::event).toList());
        } catch (CompletionException e) {
            // It may be written or not. Run now or put back, they could be done twice; the next start knows.
            log.error("{} files wait in tasks/accepted/ for the next start.", moved.size());
            throw e;
        } catch (RuntimeException | Error e) {
            moved.forEach(this::putBack);
            throw e;
        }
    }

    private void putBack(Accepted accepted) {
        try {
            FreeName.move(home.accepted(accepted.task.id()), accepted.file);
        } catch (IOException e) {
            log.warn("{} waits in tasks/accepted/ for the next start: {}", accepted.file, e.toString());
        }
    }

    private void submit(Accepted accepted) {
        texts.remember(accepted.task.id(), accepted.text);
        if (accepted.file.startsWith(home.rejected())) {
            forgetReason(accepted.file);
        }
        engine.submit(accepted.task, null);
    }

    private void forgetReason(Path file) {
        try {
            rejected.forget(file);
        } catch (IOException e) {
            log.warn("{} was accepted, but its reason beside it cannot be removed: {}", file, e.toString());
        }
    }

    private void reject(Path file, String sha256, Rejection rejection) throws IOException {
        Path moved = rejected.add(file, sha256, rejection, time.now());
        complaints.remove(file);
        log.info("Rejected {}: {}. {}", file.getFileName(), rejection.reason(), rejection.remedy());
        journal.emit(new DaemonEvent.TaskRejected(
                String.valueOf(file.getFileName()),
                home.relative(moved),
                sha256,
                rejection.reason(),
                rejection.line(),
                rejection.remedy()));
    }

    private void syncDirectories() {
        try {
            Moves.syncDirectory(home.accepted());
            Moves.syncDirectory(home.tasks());
        } catch (IOException e) {
            log.warn("The names in tasks/ may not survive a power cut: {}", e.toString());
        }
    }
}
