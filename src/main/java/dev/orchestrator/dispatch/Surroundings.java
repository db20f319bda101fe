package dev.orchestrator.dispatch;

import dev.orchestrator.task.Hold;
import java.util.Optional;

/** What the machine and the agent's program say when they are asked. Implementations may take seconds to answer. */
public interface Surroundings {

    /** Whether what {@code cause} is about may be mended: a task is then let through to find out. */
    boolean mayBeMended(Hold.Cause cause) throws InterruptedException;

    /** That there is too little room for the home's files, for a person; empty while there is enough. Costs little. */
    Optional<String> lackOfSpace();

    /**
     * What is wrong with the home's own directories or their disk, for a person; empty when they can be written. Found out by
     * writing.
     */
    Optional<String> ownFilesProblem();
}
