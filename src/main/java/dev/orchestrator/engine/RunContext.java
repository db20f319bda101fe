package dev.orchestrator.engine;

import dev.orchestrator.task.Cancellation;
import java.util.Optional;

/** What the engine gives a handler for one run of a task. */
public interface RunContext {

    /** Asked whether to stop, and why. */
    Cancellation cancellation();

    /** Tells the engine that the run is alive, with a note for whoever goes on with it should this process die. */
    void heartbeat(String details);

    /** The note of the last heartbeat of an earlier run of this task. */
    Optional<String> lastHeartbeat();
}
