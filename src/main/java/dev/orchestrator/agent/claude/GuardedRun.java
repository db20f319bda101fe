package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Decision;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.guard.hook.GuardRecord;
import dev.orchestrator.guard.hook.Sight;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a run did with what the guard saw of it. Every call that came off has to have been asked for: while a guard was
 * there, one that was not means that the guard has no effect. Of the time when none was there the calls are counted, and judged
 * afterwards. For the thread that follows the run.
 */
final class GuardedRun implements CallJudge {
    /** Likewise {@link ToolCalls} keeps no more. */
    private static final int MOST_KEPT = 10_000;

    private final Policy policy;
    private final Sight sight;
    private final OnViolation onViolation;
    private final RunObserver observer;
    private final Set<String> told = new HashSet<>();
    private final Set<String> excused = new HashSet<>();
    private final Attendance attendance;
    private boolean attended;
    private int unseen;
    private @Nullable String violation;
    private @Nullable ToolCall unguarded;

    /** When there is somebody to ask. */
    enum Attendance {
        FROM_THE_START,
        /** Not while the run's first part was made, which is read first. */
        AFTER_WHAT_IS_THERE,
        NEVER
    }

    GuardedRun(Policy policy, Sight sight, OnViolation onViolation, RunObserver observer, Attendance attendance) {
        this.onViolation = onViolation;
        this.policy = policy;
        this.sight = sight;
        this.observer = observer;
        this.attendance = attendance;
        this.attended = attendance == Attendance.FROM_THE_START;
    }

    /** All that was there when the run was taken over is read. */
    void caughtUp() {
        attended = attendance != Attendance.NEVER;
    }

    /** Tells what the guard refused meanwhile. */
    void look() {
        for (GuardRecord.Refused refused : sight.newlyRefused()) {
            ToolCall call = new ToolCall(
                    refused.call(), refused.tool(), refused.refusal().target(), false);
            tell(call, refused.refusal());
        }
    }

    @Override
    public void began(ToolUse use) {
        if (!attended) {
            unanswered(use.id());
        }
    }

    /** That is a gap, and no fault of the settings. */
    @Override
    public void unanswered(String id) {
        if (excused.size() < MOST_KEPT) {
            excused.add(id);
        }
    }

    @Override
    public void ended(ToolUse use, ToolCall call) {
        if (!call.succeeded() || sight.hasSeen(use.id())) {
            return;
        }
        if (!excused.contains(use.id())) {
            unguarded = unguarded == null ? call : unguarded;
            return;
        }
        unseen++;
        judge(use, call, "it happened while no guard was there: ");
    }

    @Override
    public void denied(ToolUse use, ToolCall call) {
        judge(use, call, "");
    }

    private void judge(ToolUse use, ToolCall call, String prefix) {
        if (!told.contains(use.id()) && policy.decide(use) instanceof Decision.Refused refused) {
            Refusal refusal = refused.refusal();
            tell(call, new Refusal(refusal.kind(), prefix + refusal.reason(), refusal.target(), refusal.realPath()));
        }
    }

    private void tell(ToolCall call, Refusal refusal) {
        if (told.size() < MOST_KEPT && told.add(call.id())) {
            if (refusal.kind().isViolation() && violation == null) {
                violation = call.tool() + (call.target() == null ? "" : " " + call.target()) + ": " + refusal.reason();
            }
            observer.refused(call, refusal);
        }
    }

    @Override
    public int unguardedCalls() {
        return unseen;
    }

    /** True when it is not to go on. */
    boolean isToStop() {
        return unguarded != null || (violation != null && onViolation == OnViolation.STOP);
    }

    /** Why the run failed, whatever it came to otherwise. */
    Optional<Failure> failure() {
        if (unguarded != null) {
            String what = unguarded.tool() + (unguarded.target() == null ? "" : " " + unguarded.target());
            return Optional.of(Failure.of(
                    FailureCategory.GUARD_NOT_EFFECTIVE,
                    "the agent did this without asking the guard, which was there: " + what));
        }
        return violation == null || onViolation == OnViolation.RECORD
                ? Optional.empty()
                : Optional.of(Failure.of(
                                FailureCategory.PERMISSION,
                                "the agent reached beyond its bounds, and was refused: " + violation)
                        .suggesting(
                                "Read what it tried in the artifact; `guard.on_violation` says what becomes of such a"
                                        + " run."));
    }
}
