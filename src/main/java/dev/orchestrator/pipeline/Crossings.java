package dev.orchestrator.pipeline;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the refused calls of an attempt that reached outside. For the attempt's thread. */
final class Crossings implements RunObserver {
    private final Boundary boundary;
    private final List<ToolCall> calls = new ArrayList<>();

    Crossings(Boundary boundary) {
        this.boundary = boundary;
    }

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
    public void refused(ToolCall call, String reason) {
        if (boundary.isCrossedBy(call)) {
            calls.add(call);
        }
    }

    @Override
    public boolean directoryChanged() {
        // Whoever only collects knows nothing of the directory.
        return true;
    }

    /** In order. */
    List<ToolCall> calls() {
        return calls;
    }
}
