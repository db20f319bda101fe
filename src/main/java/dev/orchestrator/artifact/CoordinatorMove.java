package dev.orchestrator.artifact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One move of a coordinator.
 *
 * @param tool run_agent, read_file, last_result, finish, give_up or none
 * @param text what the agent was told, which file, or what was said of the task at its end
 * @param readOnly true when the agent could change nothing in this step
 * @param tools that the agent had in this step, of those that its task has; null for all
 * @param seen how the agent's last run had ended, for the first move after it; empty for the others
 * @param outcome what came of it at once; empty for what the agent was to do
 */
public record CoordinatorMove(
        int number,
        String tool,
        String text,
        boolean readOnly,
        @Nullable List<String> tools,
        String seen,
        String outcome) {}
