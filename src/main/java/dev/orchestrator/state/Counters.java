package dev.orchestrator.state;

import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The sums over all events. For one thread at a time. */
final class Counters {
    private static final Set<FailureCategory> NOTHING_THERE =
            EnumSet.of(FailureCategory.AGENT_MISSING, FailureCategory.SANDBOX_MISSING);

    private final Map<TaskStatus, Long> finished = new EnumMap<>(TaskStatus.class);
    private final Map<TaskStatus, Long> reopened = new EnumMap<>(TaskStatus.class);
    private long accepted;
    private long rejectedFiles;
    private long attempts;
    private long securityViolations;
    private long impossibleTransitions;
    private BigDecimal costUsd;
    private Snapshot.Today today;

    Counters(Snapshot.Totals start, Snapshot.Today startToday) {
        today = startToday;
        finished.putAll(start.finished());
        if (start.reopened() != null) {
            reopened.putAll(start.reopened());
        }
        accepted = start.accepted();
        rejectedFiles = start.rejectedFiles();
        attempts = start.attempts();
        securityViolations = start.securityViolations();
        impossibleTransitions = start.impossibleTransitions();
        costUsd = start.costUsd();
    }

    void count(Event event, Instant at) {
        if (event instanceof TaskEvent.TaskAccepted) {
            accepted++;
        } else if (event instanceof AttemptEvent.AttemptStarted) {
            attempts++;
            today = today.plusAttempt(at);
        } else if (event instanceof AttemptEvent.AttemptFinished end) {
            countEnd(end, at);
        } else if (event instanceof AttemptEvent.SecurityViolation) {
            securityViolations++;
        } else if (event instanceof DaemonEvent.TaskRejected) {
            rejectedFiles++;
        } else if (event instanceof TaskEvent.TaskFinished end) {
            finished.merge(end.status(), 1L, Long::sum);
        }
    }

    /** Where there was nothing that could have begun, nothing was begun: it counts against no limit. */
    private void countEnd(AttemptEvent.AttemptFinished end, Instant at) {
        if (end.costUsd() != null) {
            costUsd = costUsd.add(end.costUsd());
            today = today.plusCost(end.costUsd(), at);
        }
        if (end.failure() != null && NOTHING_THERE.contains(end.failure().category())) {
            attempts--;
            today = today.minusAttempt(at);
        }
    }

    /** A task that was over is not any more. */
    void countReopened(TaskEvent.TurnStarted started) {
        if (started.earlierStatus() != null) {
            reopened.merge(started.earlierStatus(), 1L, Long::sum);
        }
    }

    void countImpossibleTransition() {
        impossibleTransitions++;
    }

    Snapshot.Today today() {
        return today;
    }

    Snapshot.Totals totals() {
        return new Snapshot.Totals(
                accepted,
                finished,
                reopened,
                rejectedFiles,
                attempts,
                costUsd,
                securityViolations,
                impossibleTransitions);
    }
}
