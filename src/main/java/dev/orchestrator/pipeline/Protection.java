package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.guard.staging.ChangeSet;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an artifact says about how the task was kept within bounds, and about the change that waits for a person. */
record Protection(RunLimits limits) {

    Artifact.@Nullable Approval approval(TurnEnd end, Instant now) {
        ChangeSet change = end.change();
        if (change == null || end.status() != TaskStatus.AWAITING_APPROVAL) {
            return null;
        }
        Duration waits = limits.staged().expires();
        return new Artifact.Approval(
                now,
                waits.isZero() ? null : now.plus(waits),
                change.patchSha256(),
                change.files().size(),
                change.missing(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    Artifact.SecurityReport report(TurnEnd end) {
        Work work = end.work();
        List<Artifact.Violation> violations = work == null
                ? List.of()
                : work.violations().stream()
                        .map(tried ->
                                new Artifact.Violation(tried.tool(), tried.target(), tried.realPath(), tried.reason()))
                        .toList();
        List<String> roots = limits.allowedRoots().stream().map(Path::toString).toList();
        int unguarded = work == null ? 0 : work.unguardedCalls();
        // Nobody can ask an agent that is a command.
        boolean asked = work != null && end.view().task().spec().agent() == null;
        String guard = !asked ? "none" : unguarded == 0 ? "enforced" : "rules";
        String sandbox = work == null ? "none" : work.sandbox();
        String project = work == null ? "off" : work.projectConfig();
        return new Artifact.SecurityReport(guard, unguarded, sandbox, project, isStaged(end.view()), roots, violations);
    }

    private static boolean isStaged(TaskView view) {
        return view.lastAttempt().filter(last -> last.directory() != null).isPresent();
    }
}
