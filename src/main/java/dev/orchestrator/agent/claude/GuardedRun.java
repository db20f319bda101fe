package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Decision;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.guard.hook.GuardRecord;
import dev.orchestrator.guard.hook.Sightings;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a run did with what the guard saw of it. Every call that came off has to have been asked for: while a guard was
 * there, one that was not means that the guard has no effect. Of the time when none was there the calls are counted, and judged
 * afterwards. For the thread that follows the run.
 */
final class GuardedRun implements CallJudge {
    private static final Logger log = LoggerFactory.getLogger(GuardedRun.class);
    /** Likewise {@link ToolCalls} keeps no more. */
    private static final int MOST_KEPT = 10_000;

    private final Policy policy;
    private final Sightings sightings;
    private final OnViolation onViolation;
    private final RunObserver observer;
    private final Set<String> told = new HashSet<>();
    /** Begun while no guard was there, and not ended yet. */
    private final Set<String> excused = new HashSet<>();
    /** The guard was asked for them and did not answer in time. */
    private final Set<String> unanswered = new HashSet<>();

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

    GuardedRun(
            Policy policy, Sightings sightings, OnViolation onViolation, RunObserver observer, Attendance attendance) {
        this.onViolation = onViolation;
        this.policy = policy;
        this.sightings = sightings;
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
        for (GuardRecord.Refused refused : sightings.newlyRefused()) {
            ToolCall call = new ToolCall(
                    refused.call(), refused.tool(), refused.refusal().target(), false);
            tell(call, refused.refusal());
        }
    }

    @Override
    public void began(ToolUse use) {
        if (!attended && excused.size() < MOST_KEPT) {
            excused.add(use.id());
        }
    }

    /** That is a gap, and no fault of the settings. */
    @Override
    public void unanswered(String id) {
        if (unanswered.size() < MOST_KEPT) {
            unanswered.add(ToolUse.shortened(id));
        }
    }

    @Override
    public void ended(ToolUse use, ToolCall call) {
        boolean late = unanswered.remove(use.id());
        boolean before = excused.remove(use.id());
        if (!call.succeeded()) {
            return;
        }
        if (late) {
            unseen++;
            told.remove(use.id());
            judge(use, call, "it happened, since the guard's answer came too late: ");
        } else if (sightings.hasRefused(use.id())) {
            notHeeded(call);
        } else if (!sightings.hasSeen(use.id())) {
            if (before) {
                unseen++;
                judge(use, call, "it happened while no guard was there: ");
            } else {
                notHeeded(call);
            }
        }
    }

    /** A call came off that was not asked for, or was refused, though the guard was there. */
    private void notHeeded(ToolCall call) {
        unguarded = unguarded == null ? call : unguarded;
    }

    @Override
    public void denied(ToolUse use, ToolCall call) {
        judge(use, call, "");
    }

    private void judge(ToolUse use, ToolCall call, String prefix) {
        if (!told.contains(use.id()) && decision(use) instanceof Decision.Refused refused) {
            Refusal refusal = refused.refusal();
            tell(call, new Refusal(refusal.kind(), prefix + refusal.reason(), refusal.target(), refusal.realPath()));
        }
    }

    /** Whatever an agent writes into its output, whoever follows it goes on. */
    private Decision decision(ToolUse use) {
        try {
            return policy.decide(use);
        } catch (RuntimeException e) {
            log.warn("What an agent did cannot be judged: {}", e.toString());
            return new Decision.Refused(new Refusal(Refusal.Kind.UNCLEAR, "it cannot be judged", null, null));
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
                    "the agent did this without the guard's leave, which was there: " + what));
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
