package dev.orchestrator.agent;

import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that can do a task. Implementations are thread-safe; each call occupies the caller's thread until the attempt
 * is over.
 */
public interface Agent {

    /** As it appears in events and artifacts, such as {@code claude}. */
    String name();

    /**
     * Does one attempt. The caller has journalled the intent before.
     *
     * @param observer told what happens while it happens, on the caller's thread
     */
    AgentResult run(AgentRequest request, RunObserver observer, Cancellation cancellation) throws InterruptedException;

    /**
     * Takes over an attempt that an earlier daemon started: follows it to its end when it still runs, takes its result
     * when it has ended.
     *
     * @param request as it was then
     * @param attempt what the journal knows of it
     * @return empty when the attempt ended without a result, or never began
     */
    Optional<AgentResult> takeOver(
            AgentRequest request, AttemptView attempt, RunObserver observer, Cancellation cancellation)
            throws InterruptedException;

    /** Ends whatever is still at work for {@code attempt}; it has {@code grace} to end by itself. */
    void stop(AttemptView attempt, Duration grace) throws InterruptedException;

    /** What an attempt that is over reported, from its record; {@code observer} hears of it as if it happened now. */
    AgentReport report(AgentRequest request, AttemptView attempt, RunObserver observer);

    /** True when an attempt left a session behind that a later one can continue. */
    boolean canResume(AgentRequest request);
}
