package dev.orchestrator.guard.hook;

import dev.orchestrator.guard.Decision;
import dev.orchestrator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the CLI is answered. An empty object is no decision: its own rules have the last word. Sample:
 *
 * <pre>
 * {"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"..."}}
 * </pre>
 */
final class HookAnswer {
    private static final byte[] NO_DECISION = "{}".getBytes(StandardCharsets.UTF_8);

    private HookAnswer() {}

    static byte[] of(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return answer("deny", refused.refusal().reason());
        }
        return decision instanceof Decision.Granted ? answer("allow", "granted by the task") : NO_DECISION;
    }

    /** For what is not understood, and for a guard that failed. */
    static byte[] refusing(String reason) {
        return answer("deny", reason);
    }

    private static byte[] answer(String decision, String reason) {
        return Json.bytes(
                Json.full().writer(),
                Map.of(
                        "hookSpecificOutput",
                        Map.of(
                                "hookEventName",
                                "PreToolUse",
                                "permissionDecision",
                                decision,
                                "permissionDecisionReason",
                                reason)));
    }
}
