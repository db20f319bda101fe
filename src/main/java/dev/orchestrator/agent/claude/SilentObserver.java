package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** For reading a run's files when nobody wants to hear of them. */
enum SilentObserver implements RunObserver {
    INSTANCE;

    @Override
    public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {}

    @Override
    public void answered() {}

    @Override
    public void toolUsed(ToolCall call) {}

    @Override
    public void refused(ToolCall call, Refusal refusal) {}

    @Override
    public boolean directoryChanged() {
        return false;
    }
}
