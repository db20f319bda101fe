package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Agents;
import dev.orchestrator.agent.Violation;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.task.AttemptEvent.FilesModified;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.validation.Unread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Collects what a turn came to. What changed is of all its attempts together, so what they said and what was refused to them
 * is too.
 */
final class WorkCollector {
    private static final int MOST_FILES_IN_EVENT = 50;
    private static final String NO_SANDBOX = "none";

    /** Also what counted for one attempt alone is told. */
    private static final BinaryOperator<String> MOST_TRUST =
            BinaryOperator.maxBy(Comparator.comparingInt(List.of("off", "changed", AgentReport.TRUSTED)::indexOf));

    private final Agents agents;
    private final Attempts attempts;
    private final WorkingDirectory workingDirectory;
    private final SentinelWatch sentinels;
    private final EventSink journal;

    WorkCollector(
            Agents agents,
            Attempts attempts,
            WorkingDirectory workingDirectory,
            SentinelWatch sentinels,
            EventSink journal) {
        this.agents = agents;
        this.attempts = attempts;
        this.workingDirectory = workingDirectory;
        this.journal = journal;
        this.sentinels = sentinels;
    }

    /** @param last the attempt that decided, which has ended with {@code report} */
    Work of(Attempt last, AgentReport report) throws IOException {
        WorkingDirectory.Seen seen = workingDirectory.atEnd(last);
        Changes changes = new Changes(List.of(), List.of());
        List<String> claimed = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        int unguarded = report.unguardedCalls();
        String sandbox = report.sandbox();
        String projectConfig = report.projectConfig();
        for (AttemptView earlier : last.turn().attemptsBefore(last.number())) {
            AgentRequest request = attempts.request(last.turn(), earlier);
            ViolationCollector refused = new ViolationCollector();
            changes = changes.and(Changes.read(request.files().changes()));
            AgentReport said = agents.of(last.turn().view().task()).report(request, earlier, refused);
            claimed.addAll(said.claimedChanges());
            unguarded += said.unguardedCalls();
            // Of one that never began there is nothing to tell.
            sandbox = earlier.run() == null || said.sandbox().equals(sandbox) ? sandbox : NO_SANDBOX;
            projectConfig = MOST_TRUST.apply(projectConfig, said.projectConfig());
            violations.addAll(refused.violations());
        }
        changes = changes.and(seen.changes());
        tell(last, changes.files());
        claimed.addAll(report.claimedChanges());
        violations.addAll(last.observer().violations());
        violations.addAll(sentinels.look(last, projectConfig.equals(AgentReport.TRUSTED)));
        violations.addAll(sentinels.among(changes.files(), last));
        return new Work(
                last.request().directory(),
                report,
                last.request().files(),
                claimed,
                changes.files(),
                new Unread(changes.unread()),
                seen.present(),
                violations,
                unguarded,
                sandbox,
                projectConfig);
    }

    private void tell(Attempt last, List<FileChange> changes) {
        if (!changes.isEmpty()) {
            List<String> paths = changes.stream()
                    .map(FileChange::path)
                    .limit(MOST_FILES_IN_EVENT)
                    .toList();
            journal.emit(
                    new FilesModified(last.turn().id(), last.turn().number(), last.number(), paths, changes.size()));
        }
    }
}
