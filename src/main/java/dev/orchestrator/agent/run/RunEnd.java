package dev.orchestrator.agent.run;

import java.util.OptionalInt;

/**
 * Why a run is over.
 *
 * @param exitCode empty when nobody saw the process end
 */
public record RunEnd(Cause cause, OptionalInt exitCode) {

    public enum Cause {
        /** The process ended by itself, or somebody else ended it. */
        EXITED,
        /** It gave no sign of life after it was started. */
        SILENT_START,
        SILENT,
        /** It went on printing, but nothing came of it. */
        STALLED,
        TOO_MUCH_OUTPUT,
        /** It did something without asking for it first, or reached beyond its bounds and the user wants it ended then. */
        OUT_OF_BOUNDS,
        OUT_OF_TIME,
        /** It had given its result and would not go; the result counts. */
        LINGERED,
        /** It would have tried for minutes what cannot succeed. */
        HOPELESS_RETRY,
        CANCELLED,
        SHUTDOWN
    }
}
