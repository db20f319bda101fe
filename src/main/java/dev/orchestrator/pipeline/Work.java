package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.Violation;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.validation.Unread;
import java.nio.file.Path;
import java.util.List;

/**
 * What a turn's attempts came to.
 *
 * @param directory where it was done: that of the task, or a copy of it
 * @param files of the attempt that decided
 * @param claimed files that the agent says it wrote, in any attempt of the turn
 * @param changes of the whole turn, all attempts together
 * @param unread where changes would not have been seen
 * @param present files that are in the directory now
 * @param violations what the agent tried beyond its bounds in the whole turn
 * @param unguardedCalls in the whole turn, of which no guard was asked
 * @param sandbox the least that an attempt of the turn was in
 * @param projectConfig the most that counted for an attempt of the turn
 */
record Work(
        Path directory,
        AgentReport report,
        RunFiles files,
        List<String> claimed,
        List<FileChange> changes,
        Unread unread,
        List<String> present,
        List<Violation> violations,
        int unguardedCalls,
        String sandbox,
        String projectConfig) {
    Work {
        claimed = List.copyOf(claimed);
        changes = List.copyOf(changes);
        violations = List.copyOf(violations);
    }
}
