package dev.orchestrator.task;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the front matter of a task file asks for. A null component means: not said, the template or the settings decide.
 *
 * @param type a template name
 * @param cwd the working directory as the user wrote it
 * @param after tasks that must succeed first
 * @param timeout of one attempt in total
 * @param idleTimeout how long the agent may be silent
 * @param expectedFiles globs, relative to the working directory, of which each must match a file afterwards
 * @param allowedTools permission rules beyond the template's, such as {@code Bash(mvn *)}
 * @param retries further attempts after the first
 * @param guarded true when what it changes waits for a person; null in what was written before there was such a thing
 * @param parentTaskId the task that this one follows, as far as its agent is told; null for none
 * @param outputSchema JSON Schema, as text, of an object that the agent is to give besides its report; null for none
 * @param agent who does it; null in a file that does not say, and in an accepted task for the agent that is built in
 * @param coordinator true when a local model leads it, step by step; null for false
 * @param acceptance what must pass before it is a success; null for nothing
 */
public record TaskSpec(
        @Verbatim @Nullable String type,
        String title,
        Priority priority,
        @Verbatim @Nullable String cwd,
        @Verbatim List<TaskId> after,
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        @Nullable Integer maxTurns,
        @Nullable BigDecimal maxBudgetUsd,
        @Verbatim @Nullable String model,
        @Verbatim List<String> expectedFiles,
        @Verbatim List<String> allowedTools,
        @Nullable Integer retries,
        List<String> labels,
        @Nullable Boolean guarded,
        @Verbatim @Nullable Acceptance acceptance,
        @Verbatim @Nullable TaskId parentTaskId,
        @Verbatim @Nullable String outputSchema,
        @Verbatim @Nullable String agent,
        @Nullable Boolean coordinator) {

    public TaskSpec {
        after = List.copyOf(after);
        expectedFiles = List.copyOf(expectedFiles);
        allowedTools = List.copyOf(allowedTools);
        labels = List.copyOf(labels);
    }

    public boolean isCoordinated() {
        return Boolean.TRUE.equals(coordinator);
    }

    public boolean isGuarded() {
        return Boolean.TRUE.equals(guarded);
    }

    /** True when it may have programs run, which change what they like: by commands, or by tools of MCP servers. */
    public boolean mayRunPrograms() {
        return allowedTools.stream().anyMatch(Terms::runsPrograms);
    }

    /** The same, guarded. */
    public TaskSpec withGuard() {
        return new TaskSpec(
                type,
                title,
                priority,
                cwd,
                after,
                timeout,
                idleTimeout,
                maxTurns,
                maxBudgetUsd,
                model,
                expectedFiles,
                allowedTools,
                retries,
                labels,
                true,
                acceptance,
                parentTaskId,
                outputSchema,
                agent,
                coordinator);
    }

    /** The same, for another agent. */
    public TaskSpec by(@Nullable String other) {
        return new TaskSpec(
                type,
                title,
                priority,
                cwd,
                after,
                timeout,
                idleTimeout,
                maxTurns,
                maxBudgetUsd,
                model,
                expectedFiles,
                allowedTools,
                retries,
                labels,
                guarded,
                acceptance,
                parentTaskId,
                outputSchema,
                other,
                coordinator);
    }
}
