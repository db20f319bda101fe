package dev.orchestrator.intake;

import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.task.TaskSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a file that was understood becomes a task, and under which id. For one batch of files, so that two of
 * them cannot take one id.
 */
final class Admission {
    private final KnownTasks known;
    private final TaskIds ids;
    private final WorkingDirectories directories;
    private final BiFunction<TaskSpec, TaskBody, Access> accessOf;
    private final Map<TaskId, String> inThisBatch = new HashMap<>();

    Admission(
            KnownTasks known,
            TaskIds ids,
            WorkingDirectories directories,
            BiFunction<TaskSpec, TaskBody, Access> accessOf) {
        this.known = known;
        this.ids = ids;
        this.directories = directories;
        this.accessOf = accessOf;
    }

    /** What came of it. */
    sealed interface Result {
        /** @param requestedId the id the file asked for, when it got another */
        record Admitted(Task task, @Nullable TaskId requestedId) implements Result {}

        record Refused(Rejection rejection) implements Result {}
    }

    Result admit(TaskDraft draft, TaskSource source, Instant now) {
        WorkingDirectories.Result directory = directories.resolve(draft.spec().cwd());
        if (directory instanceof WorkingDirectories.Result.Refused refused) {
            return new Result.Refused(
                    refused.rejection().inLine(draft.keyLines().get("cwd")));
        }
        TaskId wanted = draft.id() == null ? generated(source, now) : draft.id();
        Optional<TaskId> free = free(wanted, source.sha256());
        if (free.isEmpty()) {
            return new Result.Refused(new Rejection(
                    "The same content was accepted before as task " + wanted,
                    draft.keyLines().get("id"),
                    "Nothing needs to be done. To run it once more, give it another `id`, or none."));
        }
        inThisBatch.put(free.get(), source.sha256());
        Task task = new Task(
                free.get(),
                source,
                draft.spec(),
                ((WorkingDirectories.Result.Resolved) directory).directory().toString(),
                accessOf.apply(draft.spec(), draft.body()),
                now);
        return new Result.Admitted(task, free.get().equals(wanted) ? null : wanted);
    }

    private TaskId generated(TaskSource source, Instant now) {
        TaskId id = ids.next(now, source.file());
        while (sha256Of(id).isPresent()) {
            id = ids.next(now, source.file());
        }
        return id;
    }

    /** The wanted id, or it with a number when other content has it; empty when the same content has. */
    private Optional<TaskId> free(TaskId wanted, String sha256) {
        TaskId candidate = wanted;
        for (int number = 2; ; number++) {
            Optional<String> taken = sha256Of(candidate);
            if (taken.isEmpty()) {
                return Optional.of(candidate);
            }
            if (taken.get().equals(sha256)) {
                return Optional.empty();
            }
            candidate = wanted.numbered(number);
        }
    }

    private Optional<String> sha256Of(TaskId id) {
        return Optional.ofNullable(inThisBatch.get(id)).or(() -> known.sha256Of(id));
    }
}
