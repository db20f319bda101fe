package dev.orchestrator;

import dev.orchestrator.agent.Clocks;
import dev.orchestrator.config.ClaudeConfig;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.LimitsConfig;
import dev.orchestrator.dispatch.Caps;
import dev.orchestrator.dispatch.Dispatcher;
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

    /** What the settings say about starting tasks. */
    static Dispatcher.Rules rules(Config config) {
        LimitsConfig limits = config.limits();
        Caps caps = new Caps(
                new Caps.Cap(limits.usdPerTask(), limits.runsPerTask()),
                new Caps.Cap(limits.usdPerDay(), limits.runsPerDay()),
                new Caps.Cap(limits.usdTotal(), limits.runsTotal()));
        Dispatcher.Resume resume = switch (limits.resume()) {
            case AUTO -> Dispatcher.Resume.AUTO;
            case ASK -> Dispatcher.Resume.ASK;
            case OFF -> Dispatcher.Resume.OFF;
        };
        return new Dispatcher.Rules(resume, caps, config.claude().model().orElse(null));
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
