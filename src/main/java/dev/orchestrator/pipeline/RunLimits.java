package dev.orchestrator.pipeline;

import dev.orchestrator.agent.Clocks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a run unless its task says otherwise.
 *
 * @param allowedRoots where tasks may work and read
 * @param retries further attempts after a failed one
 * @param led for tasks that a coordinator leads
 * @param answers how many questions of an agent are answered in a turn without a person
 * @param outage how long a task waits for what is outside and costs nothing to try; zero when that is a failure like any other
 */
public record RunLimits(
        List<Path> allowedRoots,
        Clocks clocks,
        @Nullable String model,
        @Nullable Integer maxTurns,
        @Nullable BigDecimal maxBudgetUsd,
        int retries,
        Duration outage,
        Staged staged,
        Watched watched,
        Accepted accepted,
        Led led,
        int answers) {
    /**
     * For tasks that work in a copy.
     *
     * @param all whether all do
     * @param expires how long a change waits for a person; zero for ever
     */
    public record Staged(boolean all, Duration expires) {}

    /**
     * What no task has any business with.
     *
     * @param sentinels absolute
     * @param failing whether a task during which they change fails
     */
    public record Watched(List<Path> sentinels, boolean failing) {
        public Watched {
            sentinels = List.copyOf(sentinels);
        }
    }

    /**
     * For tasks with acceptance commands.
     *
     * @param timeout of one command
     * @param rounds how often the agent is told of red ones
     */
    public record Accepted(Duration timeout, int rounds) {}

    /**
     * For tasks that a coordinator leads.
     *
     * @param runs of the agent in one turn
     * @param moves of the coordinator in one turn, those runs among them
     */
    public record Led(int runs, int moves) {}

    public RunLimits {
        allowedRoots = List.copyOf(allowedRoots);
    }
}
