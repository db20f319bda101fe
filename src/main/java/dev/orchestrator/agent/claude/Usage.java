package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run used, from its result line. {@code modelUsage} is summed over the models, because {@code usage} leaves out what
 * subagents used. Cost is the program's own estimate.
 */
final class Usage {
    private static final Map<String, String> KINDS = Map.of(
            "inputTokens", "input_tokens",
            "outputTokens", "output_tokens",
            "cacheReadInputTokens", "cache_read_input_tokens",
            "cacheCreationInputTokens", "cache_creation_input_tokens");

    private Usage() {}

    static @Nullable BigDecimal cost(@Nullable JsonNode result) {
        return result != null && result.path("total_cost_usd").isNumber()
                ? result.path("total_cost_usd").decimalValue()
                : null;
    }

    static Map<String, Long> tokens(@Nullable JsonNode result) {
        Map<String, Long> sums = new LinkedHashMap<>();
        if (result != null) {
            result.path("modelUsage")
                    .forEach(model -> KINDS.forEach((theirs, ours) -> {
                        if (model.path(theirs).isNumber()) {
                            sums.merge(ours, model.path(theirs).longValue(), Long::sum);
                        }
                    }));
        }
        return sums;
    }
}
