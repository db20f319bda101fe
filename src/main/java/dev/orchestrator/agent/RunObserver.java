package dev.orchestrator.agent;

import dev.orchestrator.guard.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears what happens during a run. */
public interface RunObserver {

    /** @param adopted true when the process was found again rather than started */
    void started(long pid, @Nullable Instant processStartedAt, boolean adopted);

    /** Whoever does the work has answered, so neither credentials nor money are lacking. Told once a run. */
    void answered();

    /** A tool call has its result. */
    void toolUsed(ToolCall call);

    /** A tool call was refused, or happened while nobody could refuse it. */
    void refused(ToolCall call, Refusal refusal);

    /**
     * Whether anything is different in the working directory since this was last asked, at first since the attempt began.
     * Looks at every file there, so it is to be asked rarely. True when nobody can tell.
     */
    boolean directoryChanged();
}
