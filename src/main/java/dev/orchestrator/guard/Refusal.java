package dev.orchestrator.guard;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why a call of a tool may not happen.
 *
 * @param reason a sentence for the agent, and for the person who reads what it tried
 * @param target what the call was about, as the agent gave it; null when it has none
 * @param realPath where that leads, links followed; null when it is no path or leads nowhere
 */
public record Refusal(
        Kind kind,
        String reason,
        @Nullable String target,
        @Nullable Path realPath) {

    /** What the call came up against. */
    public enum Kind {
        /** A path outside the directories of the task. */
        OUTSIDE,
        /** The orchestrator's own files. */
        OWN,
        /** Files that make other programs do something: those of git, of shells and of tools. */
        PROTECTED,
        /** Files that are likely to hold passwords and keys. */
        SECRET,
        /** A name that means another file than it says, or may. */
        UNCLEAR,
        /** A command that the task does not grant, or that cannot be understood. */
        COMMAND,
        /** An address that the task does not grant. */
        NETWORK,
        /** A tool that the task does not have. */
        TOOL,
        /** A change within the task's own directory, by a task that may change nothing. */
        READ_ONLY;

        /** True when the call reached for something beyond the task's bounds, rather than for a permission within them. */
        public boolean isViolation() {
            return this != READ_ONLY;
        }
    }
}
