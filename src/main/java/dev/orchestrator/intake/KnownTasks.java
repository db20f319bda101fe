package dev.orchestrator.intake;

import dev.orchestrator.task.TaskId;
import java.util.Optional;

/** Which tasks exist or have existed. */
public interface KnownTasks {

    /** The hash of the file that task {@code id} came from; empty when there never was such a task. */
    Optional<String> sha256Of(TaskId id);
}
