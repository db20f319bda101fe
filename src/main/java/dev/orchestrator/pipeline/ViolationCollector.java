package dev.orchestrator.pipeline;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.agent.Violation;
import dev.orchestrator.guard.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what an attempt tried beyond its bounds. For the attempt's thread. */
final class ViolationCollector implements RunObserver {
    private final List<Violation> violations = new ArrayList<>();

    @Override
    public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {
        // Says nothing about what was refused.
    }

    @Override
    public void answered() {
        // Neither does this.
    }

    @Override
    public void toolUsed(ToolCall call) {
        // Was allowed.
    }

    @Override
    public void refused(ToolCall call, Refusal refusal) {
        if (refusal.kind().isViolation()) {
            violations.add(new Violation(
                    call.tool(),
                    call.target(),
                    refusal.realPath() == null ? null : refusal.realPath().toString(),
                    refusal.reason()));
        }
    }

    @Override
    public boolean directoryChanged() {
        // Whoever only collects knows nothing of the directory.
        return true;
    }

    /** In order. */
    List<Violation> violations() {
        return violations;
    }
}
