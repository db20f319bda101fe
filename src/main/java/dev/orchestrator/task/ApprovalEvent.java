package dev.orchestrator.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the change of a guarded task, from the moment it waits for a person. */
public sealed interface ApprovalEvent extends TaskEvent {

    /**
     * The work is done and staged.
     *
     * @param patch where the change can be read, relative to the home
     * @param files how many files it touches
     * @param expiresAt null when it waits for ever
     */
    record ApprovalRequested(
            TaskId taskId,
            int turn,
            @Verbatim String patch,
            @Verbatim String patchSha256,
            int files,
            @Nullable Instant expiresAt)
            implements ApprovalEvent {
        /** Said again after a crash: what was decided since stays. */
        @Override
        public TaskView fold(TaskView before, Instant at) {
            boolean known = before.approval() != null;
            return known
                    ? before.touched(at)
                    : before.withApproval(new Approval(at, patchSha256, expiresAt, null, List.of()), at);
        }
    }

    /** @param files globs of what is granted; empty for all of it */
    record ApprovalGranted(
            TaskId taskId, int turn, String by, @Verbatim List<String> files) implements ApprovalEvent {
        public ApprovalGranted {
            files = List.copyOf(files);
        }

        @Override
        public TaskView fold(TaskView before, Instant at) {
            return decided(before, new Approval.Decision(true, by, at, files, null), at);
        }
    }

    /** @param reason null when none was given */
    record ApprovalRejected(
            TaskId taskId, int turn, String by, @Nullable String reason) implements ApprovalEvent {
        @Override
        public TaskView fold(TaskView before, Instant at) {
            return decided(before, new Approval.Decision(false, by, at, List.of(), reason), at);
        }
    }

    /**
     * The change is in the directory, all of it.
     *
     * @param files the first of those that are different now
     * @param count of all of them
     * @param merged those that somebody else had changed meanwhile
     */
    record ChangeApplied(TaskId taskId, int turn, List<String> files, int count, List<String> merged)
            implements ApprovalEvent {
        public ChangeApplied {
            files = List.copyOf(files);
            merged = List.copyOf(merged);
        }
    }

    /** Nothing of the change is in the directory, and it waits again. */
    record ChangeRefused(TaskId taskId, int turn, List<String> problems) implements ApprovalEvent {
        public ChangeRefused {
            problems = List.copyOf(problems);
        }

        @Override
        public TaskView fold(TaskView before, Instant at) {
            Approval approval = before.approval();
            return approval == null ? before.touched(at) : before.withApproval(approval.refused(problems), at);
        }
    }

    private static TaskView decided(TaskView before, Approval.Decision how, Instant at) {
        Approval approval = before.approval();
        return approval == null || approval.decision() != null
                ? before.touched(at)
                : before.withApproval(approval.decided(how), at);
    }
}
