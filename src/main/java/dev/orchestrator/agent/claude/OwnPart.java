package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.AgentRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run used itself. The program's figures are those of its session: it takes up what the session cost before, if the
 * last run in this directory was of that session and could put it down (executed with 2.1.330: not after a kill). Adding
 * them up would pay for the beginning again with each attempt. What was sent tells how much of it is the run's own, as far as
 * its stream shows it; and what is more than our books have of the session is its own in any case.
 *
 * @param cost in US dollars, null when nobody can say
 */
record OwnPart(@Nullable BigDecimal cost, Map<String, Long> tokens) {

    /** @param result null when the run came to none */
    static OwnPart of(@Nullable JsonNode result, Transcript transcript, AgentRequest request) {
        Map<String, Long> tokens = Usage.tokens(result);
        BigDecimal told = Usage.cost(result);
        if (told == null) {
            return new OwnPart(estimate(transcript, request), tokens);
        }
        BigDecimal share = request.resume() ? share(tokens, transcript) : BigDecimal.ONE;
        BigDecimal own = told.multiply(share)
                .max(told.subtract(request.sessionCostUsd()))
                .min(told);
        return new OwnPart(Usage.rounded(own), scaled(tokens, share));
    }

    private static @Nullable BigDecimal estimate(Transcript transcript, AgentRequest request) {
        // A request that the program is about to try again is not under way.
        boolean underWay = transcript.started()
                && transcript.result().isEmpty()
                && transcript.apiRetry().isEmpty();
        String model = transcript.model();
        return underWay
                ? transcript
                        .tokens()
                        .costAtMostWith(
                                model == null ? "" : model, request.prompt().length())
                : transcript.tokens().costAtMost().orElse(null);
    }

    private static BigDecimal share(Map<String, Long> tokens, Transcript transcript) {
        BigDecimal all = Tokens.weight(
                tokens.getOrDefault("input_tokens", 0L),
                tokens.getOrDefault("output_tokens", 0L),
                tokens.getOrDefault("cache_read_input_tokens", 0L),
                tokens.getOrDefault("cache_creation_input_tokens", 0L));
        BigDecimal seen = transcript.tokens().weighed();
        return all.signum() <= 0 || seen.compareTo(all) >= 0
                ? BigDecimal.ONE
                : seen.divide(all, 8, RoundingMode.HALF_UP);
    }

    private static Map<String, Long> scaled(Map<String, Long> tokens, BigDecimal share) {
        Map<String, Long> own = new LinkedHashMap<>();
        tokens.forEach((kind, count) -> own.put(
                kind,
                BigDecimal.valueOf(count)
                        .multiply(share)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue()));
        return own;
    }
}
