package dev.orchestrator.agent;

import dev.orchestrator.task.Failure;
import org.jspecify.annotations.Nullable;

/** How an attempt ended for the daemon. */
public sealed interface AgentResult {

    /**
     * The run is over.
     *
     * @param failure null when every sign of success was there
     */
    record Ended(@Nullable Failure failure, AgentReport report) implements AgentResult {}

    /** A person cancelled the task and the run was stopped. */
    record Cancelled(AgentReport report) implements AgentResult {}

    /** The daemon stopped the run because it ends itself; not the task's fault. */
    record StoppedForShutdown(AgentReport report) implements AgentResult {}

    /** The daemon ends and the run goes on; a later daemon takes it over. */
    record LeftRunning() implements AgentResult {}
}
