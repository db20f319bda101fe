package dev.orchestrator;

import dev.orchestrator.agent.Clocks;
import dev.orchestrator.agent.claude.RunGuard;
import dev.orchestrator.agent.command.CommandOptions;
import dev.orchestrator.config.ClaudeConfig;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.LimitsConfig;
import dev.orchestrator.config.ShutdownConfig;
import dev.orchestrator.dispatch.Caps;
import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.engine.local.Closing;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.pipeline.RunLimits;
import dev.orchestrator.task.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the settings say about a run. */
final class Limits {
    /** How long a worker may take to let go of a run. */
    private static final Duration LETTING_GO = Duration.ofSeconds(10);

    private static final Duration OF_A_CONSOLE = Duration.ofSeconds(2);

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
                config.retries(),
                config.limits().outage(),
                new RunLimits.Staged(
                        config.guard().guardedWrite(), config.guard().approvalExpires()),
                new RunLimits.Watched(config.guard().sentinels(), config.guard().onViolation() != OnViolation.RECORD),
                new RunLimits.Accepted(
                        config.acceptance().timeout(), config.acceptance().rounds()),
                new RunLimits.Led(
                        config.ollama().coordinatorRuns(), config.ollama().coordinatorMoves()),
                config.answers());
    }

    /** The agents that are commands. */
    static Map<String, CommandOptions> agents(Config config) {
        Map<String, CommandOptions> agents = new HashMap<>();
        config.agents()
                .forEach((name, agent) -> agents.put(
                        name,
                        new CommandOptions(
                                agent.command(),
                                agent.output(),
                                agent.passEnv(),
                                agent.writable(),
                                agent.unsandboxed())));
        return agents;
    }

    /** What the settings say about what agents may touch. */
    static RunGuard.Rules guard(Config config) {
        List<String> secrets = new ArrayList<>(SecretFiles.USUAL);
        secrets.removeAll(config.guard().readable());
        secrets.addAll(config.guard().secrets());
        return new RunGuard.Rules(new SecretFiles(secrets), config.guard().onViolation());
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
        return new Dispatcher.Rules(resume, caps, config.claude().model().orElse(null), config.workers());
    }

    /**
     * What becomes of runs when the daemon is asked to stop.
     *
     * @param cutShort the system ends this process within seconds
     */
    static Closing closing(Config config, boolean cutShort) {
        ShutdownConfig shutdown = config.shutdown();
        Duration wanted = shutdown.mode() == ShutdownConfig.Mode.WAIT ? Closing.FOR_EVER : shutdown.grace();
        boolean cut = cutShort && wanted.compareTo(OF_A_CONSOLE) > 0;
        Duration grace = cut ? OF_A_CONSOLE : wanted;
        return shutdown.mode() == ShutdownConfig.Mode.STOP
                ? new Closing(
                        grace,
                        Cancellation.Reason.SHUTDOWN_STOP,
                        LETTING_GO.plus(config.claude().stopGrace()))
                : new Closing(grace, Cancellation.Reason.SHUTDOWN_LEAVE, LETTING_GO);
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
