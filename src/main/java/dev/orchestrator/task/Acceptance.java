package dev.orchestrator.task;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must pass before a task is a success. The orchestrator runs it, not the agent.
 *
 * @param commands for the shell, each by itself, in order; never empty
 * @param timeout of one command; null leaves it to the settings
 * @param rounds how often the agent is told of red commands and works on; null leaves it to the settings
 */
public record Acceptance(
        @Verbatim List<String> commands,
        @Nullable Duration timeout,
        @Nullable Integer rounds) {
    public Acceptance {
        commands = List.copyOf(commands);
    }
}
