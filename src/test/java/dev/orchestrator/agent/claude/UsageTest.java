package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.01, 0.01",
        "0.0024000000000000002, 0.0024",
        "0.30000000000000004, 0.3",
        "0.000000049, 0.00000005",
        "10.000000000000002, 10",
        "1.2e-3, 0.0012"
    })
    void the_noise_of_adding_doubles_is_cut_off(String printed, BigDecimal cost) throws Exception {
        assertThat(Usage.cost(result("{\"total_cost_usd\":" + printed + "}"))).isEqualByComparingTo(cost);
        assertThat(Usage.cost(result("{\"total_cost_usd\":" + printed + "}")).toPlainString())
                .hasSizeLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "{\"total_cost_usd\":null}", "{\"total_cost_usd\":\"0.5\"}", "{\"total_cost_usd\":1e999}"})
    void what_is_no_number_is_no_cost(String json) throws Exception {
        assertThat(Usage.cost(result(json))).isNull();
    }

    @Test
    void tokens_are_summed_over_the_models() throws Exception {
        JsonNode result = result(
                "{\"modelUsage\":{\"a\":{\"inputTokens\":1,\"outputTokens\":2},\"b\":{\"inputTokens\":10,\"costUSD\":0.5}}}");

        assertThat(Usage.tokens(result)).containsEntry("input_tokens", 11L).containsEntry("output_tokens", 2L);
        assertThat(Usage.tokens(null)).isEmpty();
    }

    private static JsonNode result(String json) throws Exception {
        return Json.full().readTree(json);
    }
}
