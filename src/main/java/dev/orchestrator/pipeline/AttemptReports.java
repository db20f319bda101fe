package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts of a turn, as the artifact has them. Pure. */
final class AttemptReports {
    private AttemptReports() {}

    /** @param session in which the attempt or turn before it ended, null when there was none */
    private static Artifact.AttemptReport attempt(AttemptView attempt, @Nullable String session) {
        AttemptView.End end = attempt.end();
        Failure failure = attempt.failure();
        AttemptView.Run run = attempt.run();
        return new Artifact.AttemptReport(
                attempt.number(),
                attempt.startedAt(),
                end == null ? null : end.at(),
                failure == null ? null : failure.category(),
                failure == null ? null : failure.message(),
                attempt.sessionId(),
                attempt.sessionId().equals(session),
                run != null && run.adopted(),
                attempt.isExcused());
    }

    static List<Artifact.AttemptReport> of(TaskView view) {
        List<Artifact.AttemptReport> reports = new ArrayList<>();
        String session = view.notes().earlierSession();
        for (AttemptView attempt : view.attempts()) {
            reports.add(attempt(attempt, session));
            session = attempt.sessionId();
        }
        return reports;
    }
}
