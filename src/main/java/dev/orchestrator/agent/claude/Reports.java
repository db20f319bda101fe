package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.run.RunEnd;
import java.time.Duration;

/** Makes the report out of what was seen. */
final class Reports {
    private Reports() {}

    static AgentReport of(RunEnd end, Transcript transcript, Duration duration, AgentRequest request) {
        JsonNode result = transcript.result().orElse(null);
        String text = result != null && result.path("result").isTextual()
                ? result.path("result").asText()
                : transcript.lastText();
        OwnPart part = OwnPart.of(result, transcript, request);
        return new AgentReport(
                text,
                result == null || !result.path("structured_output").isObject()
                        ? null
                        : result.path("structured_output"),
                transcript.version(),
                transcript.sessionId(),
                transcript.model(),
                transcript.turns(),
                part.cost(),
                part.tokens(),
                transcript.calls().denials(),
                transcript.calls().claimedChanges(),
                transcript.calls().failedChanges(),
                transcript.unguardedCalls(),
                Confinement.of(request),
                RunProject.of(request),
                result == null || !result.path("terminal_reason").isTextual()
                        ? null
                        : result.path("terminal_reason").asText(),
                end.exitCode().isPresent() ? end.exitCode().getAsInt() : null,
                duration,
                result != null);
    }
}
