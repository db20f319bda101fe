package dev.orchestrator.state;

import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskStatus;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** The sums over all events. For one thread at a time. */
final class Counters {
    private final Map<TaskStatus, Long> finished = new EnumMap<>(TaskStatus.class);
    private long accepted;
    private long rejectedFiles;
    private long attempts;
    private long securityViolations;
    private long impossibleTransitions;
    private BigDecimal costUsd;

    Counters(Snapshot.Totals start) {
        finished.putAll(start.finished());
        accepted = start.accepted();
        rejectedFiles = start.rejectedFiles();
        attempts = start.attempts();
        securityViolations = start.securityViolations();
        impossibleTransitions = start.impossibleTransitions();
        costUsd = start.costUsd();
    }

    void count(Event event) {
        if (event instanceof TaskEvent.TaskAccepted) {
            accepted++;
        } else if (event instanceof TaskEvent.AttemptStarted) {
            attempts++;
        } else if (event instanceof TaskEvent.SecurityViolation) {
            securityViolations++;
        } else if (event instanceof DaemonEvent.TaskRejected) {
            rejectedFiles++;
        } else if (event instanceof TaskEvent.TaskFinished end) {
            finished.merge(end.status(), 1L, Long::sum);
            costUsd = end.costUsd() == null ? costUsd : costUsd.add(end.costUsd());
        }
    }

    void countImpossibleTransition() {
        impossibleTransitions++;
    }

    Snapshot.Totals totals() {
        return new Snapshot.Totals(
                accepted, finished, rejectedFiles, attempts, costUsd, securityViolations, impossibleTransitions);
    }
}
