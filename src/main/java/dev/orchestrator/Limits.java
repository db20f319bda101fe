package dev.orchestrator;

import dev.orchestrator.agent.Clocks;
import dev.orchestrator.config.ClaudeConfig;
import dev.orchestrator.config.Config;
import dev.orchestrator.pipeline.RunLimits;
import java.io.IOException;
import java.nio.file.Path;

/** What the settings say about a run. */
final class Limits {
    private Limits() {}

    static RunLimits of(Config config) {
        ClaudeConfig claude = config.claude();
        Clocks clocks = new Clocks(
                claude.startupTimeout(),
                claude.idleTimeout(),
                claude.timeout(),
                claude.resultGrace(),
                claude.stopGrace());
        return new RunLimits(
                claude.allowedRoots().stream().map(Limits::real).toList(),
                clocks,
                claude.model().orElse(null),
                claude.maxTurns().orElse(null),
                claude.maxBudgetUsd().orElse(null),
                config.retries());
    }

    /** Permission rules hold for the real path only. */
    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root;
        }
    }
}
