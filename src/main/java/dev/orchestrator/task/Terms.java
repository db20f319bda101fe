package dev.orchestrator.task;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On what terms the agent works in one turn: what the task asks for, and what its template says where the task does not.
 * Decided once a turn and kept in the journal, since a template may be edited while its task waits or runs. What is null the
 * settings decide.
 *
 * @param access what the agent may do to its directory; {@code tools} come on top
 * @param expectsChange whether a turn that changed nothing has failed
 * @param tools permission rules, those of the task first
 * @param expectedFiles globs of which each must match a file afterwards
 * @param timeout of one attempt in total
 * @param idleTimeout how long the agent may be silent
 * @param acceptance what must pass before it is a success; null for nothing
 */
public record Terms(
        Access access,
        boolean expectsChange,
        @Verbatim List<String> tools,
        @Verbatim List<String> expectedFiles,
        @Verbatim @Nullable String model,
        @Nullable Integer maxTurns,
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        @Verbatim @Nullable Acceptance acceptance) {
    public Terms {
        tools = List.copyOf(tools);
        expectedFiles = List.copyOf(expectedFiles);
    }

    /** The task's own wishes and nothing besides. */
    public static Terms of(TaskSpec spec, Access access, boolean expectsChange) {
        return new Terms(
                access,
                expectsChange,
                spec.allowedTools(),
                spec.expectedFiles(),
                spec.model(),
                spec.maxTurns(),
                spec.timeout(),
                spec.idleTimeout(),
                spec.acceptance());
    }

    /**
     * The same, or less.
     *
     * @param some permission rules that stay, if they are there; null for all
     */
    public Terms narrowed(boolean readOnly, @Nullable List<String> some) {
        return new Terms(
                readOnly ? Access.READ : access,
                expectsChange,
                some == null ? tools : tools.stream().filter(some::contains).toList(),
                expectedFiles,
                model,
                maxTurns,
                timeout,
                idleTimeout,
                acceptance);
    }

    /** True when the agent may have programs run, which change what they like. */
    public boolean mayRunPrograms() {
        return tools.stream().anyMatch(Terms::runsPrograms);
    }

    /** True when permission rule {@code tool} has programs run: by commands, or by tools of MCP servers. */
    public static boolean runsPrograms(String tool) {
        return tool.startsWith("Bash") || tool.startsWith("mcp__");
    }
}
