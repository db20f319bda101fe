package dev.orchestrator.intake;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.util.Optional;

/** Which tasks exist or have existed. */
public interface KnownTasks {

    /** Task {@code id}; empty when there never was one. */
    Optional<Known> find(TaskId id);

    /**
     * @param sha256 hash of the file it came from
     * @param status how it stands
     */
    record Known(String sha256, TaskStatus status) {}
}
