package dev.orchestrator.agent.run;

import dev.orchestrator.process.Launch;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;

/** What it means for a task that the process of its agent could not be started. Pure. */
public final class StartFailures {
    private StartFailures() {}

    public static Failure of(Launch.NotStarted failed) {
        String message = "the agent could not be started: " + failed.problem();
        return switch (failed.why()) {
            case PROGRAM_MISSING -> Failure.of(FailureCategory.AGENT_MISSING, message);
            case SANDBOX_MISSING -> Failure.of(FailureCategory.SANDBOX_MISSING, message);
            case REFUSED -> Failure.of(FailureCategory.CONFIG, message);
            case OUT_OF_RESOURCES ->
                Failure.of(FailureCategory.INTERNAL, message)
                        .suggesting("Free memory, processes, open files or disk space on this machine.");
        };
    }
}
