package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run used, from its result line. {@code modelUsage} is summed over the models, because {@code usage} leaves out what
 * subagents used. Cost is the program's own estimate.
 */
final class Usage {
    private static final int MEANINGFUL_DIGITS = 8;
    private static final Map<String, String> KINDS = Map.of(
            "inputTokens", "input_tokens",
            "outputTokens", "output_tokens",
            "cacheReadInputTokens", "cache_read_input_tokens",
            "cacheCreationInputTokens", "cache_creation_input_tokens");

    private Usage() {}

    /** The program adds up doubles and prints all their digits; those behind the eighth mean nothing. */
    static @Nullable BigDecimal cost(@Nullable JsonNode result) {
        JsonNode said = result == null ? MissingNode.getInstance() : result.path("total_cost_usd");
        double cost = said.isNumber() ? said.doubleValue() : Double.NaN;
        return Double.isFinite(cost) && cost >= 0 ? rounded(BigDecimal.valueOf(cost)) : null;
    }

    static BigDecimal rounded(BigDecimal cost) {
        return cost.scale() <= MEANINGFUL_DIGITS
                ? cost
                : cost.setScale(MEANINGFUL_DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
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
