package dev.orchestrator.intake;

import dev.orchestrator.intake.KnownTasks.Known;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.TaskStatus;
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
    private final boolean guardsAll;
    private final AgentChoice agents;
    private final Map<TaskId, Known> inThisBatch = new HashMap<>();

    /** @param guardsAll true when every task is guarded, whether its file asks for it or not */
    Admission(
            KnownTasks known,
            TaskIds ids,
            WorkingDirectories directories,
            BiFunction<TaskSpec, TaskBody, Access> accessOf,
            boolean guardsAll,
            AgentChoice agents) {
        this.known = known;
        this.ids = ids;
        this.directories = directories;
        this.accessOf = accessOf;
        this.guardsAll = guardsAll;
        this.agents = agents;
    }

    /** What came of it. */
    sealed interface Result {
        /** @param requestedId the id the file asked for, when it got another */
        record Admitted(Task task, @Nullable TaskId requestedId) implements Result {}

        record Refused(Rejection rejection) implements Result {}
    }

    Result admit(TaskDraft draft, TaskSource source, Instant now) {
        AgentChoice.Result agent = agents.of(draft);
        if (agent instanceof AgentChoice.Result.Refused refused) {
            return new Result.Refused(refused.rejection());
        }
        TaskSpec spec = ((AgentChoice.Result.Chosen) agent).spec();
        WorkingDirectories.Result directory = directories.resolve(draft.spec().cwd());
        if (directory instanceof WorkingDirectories.Result.Refused refused) {
            return new Result.Refused(
                    refused.rejection().inLine(draft.keyLines().get("cwd")));
        }
        TaskId wanted = draft.id() == null ? generated(source, now) : draft.id();
        TaskId id = wanted;
        for (int number = 2; find(id).isPresent(); number++) {
            Known taken = find(id).get();
            if (taken.sha256().equals(source.sha256()) && !endedBadly(taken.status())) {
                return new Result.Refused(
                        duplicate(id, taken.status(), draft.keyLines().get("id")));
            }
            id = wanted.numbered(number);
        }
        inThisBatch.put(id, new Known(source.sha256(), TaskStatus.QUEUED));
        Task task = new Task(
                id,
                source,
                guardsAll && !spec.isGuarded() ? spec.withGuard() : spec,
                ((WorkingDirectories.Result.Resolved) directory).directory().toString(),
                accessOf.apply(draft.spec(), draft.body()),
                now);
        return new Result.Admitted(task, id.equals(wanted) ? null : wanted);
    }

    private TaskId generated(TaskSource source, Instant now) {
        TaskId id = ids.next(now, source.file());
        while (find(id).isPresent()) {
            id = ids.next(now, source.file());
        }
        return id;
    }

    private Optional<Known> find(TaskId id) {
        return Optional.ofNullable(inThisBatch.get(id)).or(() -> known.find(id));
    }

    /** To drop it again is what the advice for many failures says. */
    private static boolean endedBadly(TaskStatus status) {
        return status.isFinal() && status != TaskStatus.SUCCEEDED;
    }

    private static Rejection duplicate(TaskId id, TaskStatus status, @Nullable Integer line) {
        return new Rejection(
                "The same content was accepted before as task " + id + ", which stands as " + status,
                line,
                "Nothing needs to be done. To run it once more, give it another `id`, or none.");
    }
}
