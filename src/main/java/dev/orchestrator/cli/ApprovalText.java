package dev.orchestrator.cli;

import dev.orchestrator.task.Approval;
import dev.orchestrator.task.TaskId;

/** What a change waits for, in one line. */
final class ApprovalText {
    private static final int MOST = 300;

    private ApprovalText() {}

    static String of(TaskId id, Approval approval) {
        if (approval.decision() != null) {
            String what = approval.decision().granted() ? "approved" : "rejected";
            return what + " by " + Shown.line(approval.decision().by(), MOST) + "; it is being done";
        }
        String until = approval.expiresAt() == null
                ? ""
                : "; rejected by itself after " + Shown.time(approval.expiresAt()) + " UTC";
        String problems = approval.problems().isEmpty()
                ? ""
                : ". Could not be applied: " + Shown.line(String.join("; ", approval.problems()), MOST);
        return "`show " + id + " --diff`, then `approve " + id + "` or `reject " + id + "`" + until + problems;
    }
}
