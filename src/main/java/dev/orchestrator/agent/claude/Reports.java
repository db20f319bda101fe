package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.AgentReport;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the report out of what was seen. */
final class Reports {
    private Reports() {}

    static AgentReport of(RunEnd end, Transcript transcript, Duration duration) {
        JsonNode result = transcript.result().orElse(null);
        String text = result != null && result.path("result").isTextual()
                ? result.path("result").asText()
                : transcript.lastText();
        return new AgentReport(
                text,
                transcript.version(),
                transcript.sessionId(),
                transcript.model(),
                transcript.turns(),
                cost(result, transcript),
                Usage.tokens(result),
                transcript.calls().denials(),
                transcript.calls().claimedChanges(),
                transcript.calls().failedChanges(),
                result == null || !result.path("terminal_reason").isTextual()
                        ? null
                        : result.path("terminal_reason").asText(),
                end.exitCode().isPresent() ? end.exitCode().getAsInt() : null,
                duration,
                result != null);
    }

    /** The program's own figure, or what it must have been at most when it came to none. */
    private static @Nullable BigDecimal cost(@Nullable JsonNode result, Transcript transcript) {
        BigDecimal told = Usage.cost(result);
        return told == null ? transcript.tokens().costAtMost().orElse(null) : told;
    }
}
