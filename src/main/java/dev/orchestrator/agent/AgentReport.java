package dev.orchestrator.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent said and reported about itself. Its words are claims, not facts.
 *
 * @param text what it said last
 * @param output the object that it was to give; null when it gave none
 * @param sessionId under which it can be continued
 * @param usage tokens by kind
 * @param denials tool calls that were refused
 * @param claimedChanges files that it says it changed, as it named them
 * @param failedChanges files that it tried to change, was allowed to, and could not
 * @param unguardedCalls calls of tools that came off while no guard was there to be asked
 * @param sandbox in which it was; {@code none} for none
 * @param projectConfig what became of the settings that its repository brings along: {@code off}, {@code trusted} or
 *     {@code changed}
 * @param exitCode null when nobody saw the process end
 * @param complete true when it came to a result of its own, good or bad, and that was read: {@code text} is then its last
 *     word, also when it is empty. False for a run that was cut off, and when its record is gone
 */
public record AgentReport(
        String text,
        @Nullable JsonNode output,
        @Nullable String version,
        @Nullable String sessionId,
        @Nullable String model,
        int numTurns,
        @Nullable BigDecimal costUsd,
        Map<String, Long> usage,
        List<ToolCall> denials,
        List<String> claimedChanges,
        List<String> failedChanges,
        int unguardedCalls,
        String sandbox,
        String projectConfig,
        @Nullable String terminalReason,
        @Nullable Integer exitCode,
        Duration duration,
        boolean complete) {

    /** As {@code projectConfig} says it of a run in which hooks and servers of its repository may have run commands. */
    public static final String TRUSTED = "trusted";

    public AgentReport {
        usage = Map.copyOf(usage);
        denials = List.copyOf(denials);
        claimedChanges = List.copyOf(claimedChanges);
        failedChanges = List.copyOf(failedChanges);
    }
}
