package dev.orchestrator.agent.run;

import java.io.IOException;

/** What a run prints, and what can be told from it, as whoever watches the run has to know it. For one thread. */
public interface Watched {

    /** Reads what has come since; true when there was something. */
    boolean look() throws IOException;

    /** True when {@link #look} has not come to the end of what there is now. */
    boolean isBehind() throws IOException;

    /** True when there is more than a run may print. */
    boolean isTooMuch() throws IOException;

    /** Nobody writes any more: reads the rest, or when there is too much of it frees what is over the limit. */
    void end(boolean tooMuch) throws IOException;

    /** Until then it has the time for its start. */
    boolean hasStarted();

    /** True when it came to a result of its own. */
    boolean hasResult();

    /** Whether one that is silent works all the same. Asked once in each span of silence. */
    boolean worksSilently();

    /** Whether it goes on printing and nothing comes of it. */
    boolean isStalled();

    /** Whether it did what it may not, and is to be ended for it. */
    default boolean isOutOfBounds() {
        return false;
    }

    /** Whether it tries what cannot succeed. */
    default boolean isHopeless() throws IOException {
        return false;
    }
}
