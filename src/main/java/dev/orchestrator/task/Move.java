package dev.orchestrator.task;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One move of a coordinator: what it wants done next.
 *
 * @param text what the agent is told; the path; or what it says of the task at its end
 * @param readOnly true when the agent may change nothing in this step, whatever its task may
 * @param tools permission rules that the agent has in this step, of those that its task has; null for all of them
 */
public record Move(
        Tool tool,
        String text,
        boolean readOnly,
        @Verbatim @Nullable List<String> tools) {
    public Move {
        tools = tools == null ? null : List.copyOf(tools);
    }

    public static Move of(Tool tool, String text) {
        return new Move(tool, text, false, null);
    }

    /** What a coordinator can do. */
    public enum Tool {
        RUN_AGENT,
        READ_FILE,
        /** To see the last run's result whole. */
        LAST_RESULT,
        /** The task is done, as far as it can see; that is judged as ever. */
        FINISH,
        /** The task cannot be done. */
        GIVE_UP,
        /** It asked for nothing that there is. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
