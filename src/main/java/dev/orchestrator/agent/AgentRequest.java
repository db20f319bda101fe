package dev.orchestrator.agent;

import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.TaskId;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, as the agent is asked for it.
 *
 * @param startedAt of the attempt; the total time counts from here, also after the daemon was restarted
 * @param sessionId a new one, or with {@code resume} the one to continue
 * @param sessionCostUsd what the session has cost so far, by our books; 0 for a new one
 * @param directory where to work; the only place a writing task may change
 * @param taskDirectory the directory of the task: the same, or the original of a copy in which it works
 * @param readRoots what may be read besides
 * @param access whether anything may be changed at all
 * @param allowedTools permission rules that the task asked for
 * @param outputSchema of an object that it is to give besides its report; null for none
 * @param files where the run is recorded
 */
public record AgentRequest(
        TaskId taskId,
        Instant startedAt,
        String sessionId,
        boolean resume,
        BigDecimal sessionCostUsd,
        String prompt,
        Path directory,
        Path taskDirectory,
        List<Path> readRoots,
        Access access,
        List<String> allowedTools,
        @Nullable String model,
        @Nullable Integer maxTurns,
        @Nullable BigDecimal maxBudgetUsd,
        Clocks clocks,
        @Nullable String outputSchema,
        RunFiles files) {

    public AgentRequest {
        readRoots = List.copyOf(readRoots);
        allowedTools = List.copyOf(allowedTools);
    }

    /** True when its task grants it commands. What its repository brings along may run some as well, see {@link AgentReport}. */
    public boolean grantsCommands() {
        return allowedTools.stream().anyMatch(rule -> rule.startsWith("Bash"));
    }

    /** The same, or one that may cost no more than {@code allowance}; null is no limit. */
    public AgentRequest costingAtMost(@Nullable BigDecimal allowance) {
        if (allowance == null || (maxBudgetUsd != null && maxBudgetUsd.compareTo(allowance) <= 0)) {
            return this;
        }
        return new AgentRequest(
                taskId,
                startedAt,
                sessionId,
                resume,
                sessionCostUsd,
                prompt,
                directory,
                taskDirectory,
                readRoots,
                access,
                allowedTools,
                model,
                maxTurns,
                allowance,
                clocks,
                outputSchema,
                files);
    }
}
