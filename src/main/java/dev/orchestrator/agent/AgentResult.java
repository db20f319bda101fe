package dev.orchestrator.agent;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.UsageLimit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How an attempt ended for the daemon. */
public sealed interface AgentResult {

    /**
     * The run is over.
     *
     * @param failure null when every sign of success was there
     * @param limit the plan's usage window that stopped it; null for every other failure
     */
    record Ended(
            @Nullable Failure failure,
            AgentReport report,
            @Nullable UsageLimit limit) implements AgentResult {
        public Ended(@Nullable Failure failure, AgentReport report) {
            this(failure, report, null);
        }
    }

    /** A person cancelled the task and the run was stopped. */
    record Cancelled(AgentReport report) implements AgentResult {}

    /** The daemon stopped the run because it ends itself; not the task's fault. */
    record StoppedForShutdown(AgentReport report) implements AgentResult {}

    /** The daemon ends and the run goes on; a later daemon takes it over. */
    record LeftRunning() implements AgentResult {}

    /** A file of the orchestrator could not be written or read, and whatever had been started is stopped. */
    record OwnFilesFailed(IOException problem, AgentReport report) implements AgentResult {}
}
