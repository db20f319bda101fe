package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.task.FailureCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A result line and what it says of itself. Sample (cut):
 *
 * <pre>
 * {"type":"result","subtype":"success","is_error":false,"result":"Done.","num_turns":3,"total_cost_usd":0.01,
 *  "terminal_reason":"completed","stop_reason":"end_turn","permission_denials":[],"structured_output":{...}}
 * {"type":"result","subtype":"error_max_turns","is_error":true,"errors":["Reached maximum number of turns (1)"],...}
 * </pre>
 */
record ResultLine(JsonNode json) {

    /** False as soon as one of its signs of success is missing. */
    boolean claimsSuccess() {
        return !isError()
                && subtype().equals("success")
                && json.path("terminal_reason").asText("completed").equals("completed");
    }

    boolean isError() {
        return json.path("is_error").asBoolean(false);
    }

    boolean saysWhetherError() {
        return json.path("is_error").isBoolean();
    }

    boolean isRefusal() {
        return json.path("stop_reason").asText("").equals("refusal");
    }

    boolean hasText() {
        return json.path("result").isTextual();
    }

    /** What the agent says last; empty when there is none. */
    String text() {
        return json.path("result").asText("");
    }

    /** One when it is not said. */
    int turns() {
        return json.path("num_turns").asInt(1);
    }

    boolean hasStructuredOutput() {
        return json.hasNonNull("structured_output");
    }

    /** What the program says of an error; without one, the words are the model's, which may well speak of errors. */
    String errorText() {
        return isError() && hasText() ? text() : errors();
    }

    /** What it lists as errors. */
    String errors() {
        List<String> errors = new ArrayList<>();
        json.path("errors").forEach(error -> errors.add(error.isTextual() ? error.asText() : error.toString()));
        return String.join("; ", errors);
    }

    /** How it names its own end. */
    String ending() {
        String subtype = json.path("subtype").asText("a result without a subtype");
        return reason().isEmpty() ? subtype : subtype + ", ended by " + reason();
    }

    /** The category that its typed fields name by themselves. */
    Optional<FailureCategory> category() {
        return byReason()
                .or(this::bySubtype)
                .or(() -> isRefusal() ? Optional.of(FailureCategory.POLICY) : Optional.empty());
    }

    private Optional<FailureCategory> byReason() {
        return Optional.ofNullable(
                switch (reason()) {
                    case "max_turns" -> FailureCategory.MAX_TURNS;
                    case "budget_exhausted" -> FailureCategory.BUDGET;
                    case "prompt_too_long", "blocking_limit", "rapid_refill_breaker" ->
                        FailureCategory.CONTEXT_EXHAUSTED;
                    case "structured_output_retry_exhausted" -> FailureCategory.VALIDATION;
                    case "turn_setup_failed" -> FailureCategory.CONFIG;
                    case "aborted_streaming", "aborted_tools" -> FailureCategory.KILLED;
                    case "tool_deferred", "tool_deferred_unavailable" -> FailureCategory.INTERACTIVE;
                    default -> null;
                });
    }

    private Optional<FailureCategory> bySubtype() {
        return Optional.ofNullable(
                switch (subtype()) {
                    case "error_max_turns" -> FailureCategory.MAX_TURNS;
                    case "error_max_budget_usd" -> FailureCategory.BUDGET;
                    case "error_max_structured_output_retries" -> FailureCategory.VALIDATION;
                    default -> null;
                });
    }

    private String reason() {
        return json.path("terminal_reason").asText("");
    }

    private String subtype() {
        return json.path("subtype").asText("");
    }
}
