package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    private final Tokens tokens = new Tokens();

    @Test
    void a_run_without_an_answer_cost_nothing() {
        assertThat(tokens.costAtMost()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-haiku-4-5, 1000000, 0, 0, 0, 1",
        "claude-haiku-4-5, 0, 1000000, 0, 0, 5",
        "claude-sonnet-4-5, 1000000, 0, 0, 0, 6",
        "claude-opus-4-1, 0, 0, 1000000, 0, 1.5",
        "claude-opus-4-1, 0, 0, 0, 1000000, 30",
        "claude-opus-4-20250514, 1000000, 0, 0, 0, 15",
        "claude-opus-4-5, 1000000, 0, 0, 0, 5",
        "claude-opus-5-5, 1000000, 0, 0, 0, 5",
        "another, 1000000, 0, 0, 0, 25"
    })
    void tokens_have_the_dearest_price_of_their_family(
            String model, long input, long output, long read, long written, BigDecimal dollars) throws Exception {
        answer("m1", model, input, output, read, written, "");

        assertThat(tokens.costAtMost().orElseThrow()).isEqualByComparingTo(dollars);
    }

    @Test
    void the_lines_of_one_answer_are_counted_once_and_those_of_several_together() throws Exception {
        answer("m1", "claude-haiku", 1_000_000, 1, 0, 0, "");
        answer("m2", "claude-haiku", 1_000_000, 1, 0, 0, "");
        answer("m1", "claude-haiku", 1_000_000, 1_000_000, 0, 0, "");

        assertThat(tokens.costAtMost().orElseThrow()).isBetween(new BigDecimal("7"), new BigDecimal("7.001"));
    }

    @Test
    void what_is_there_counts_though_the_line_names_fewer_tokens() throws Exception {
        answer("m1", "claude-haiku", 0, 1, 0, 0, "x".repeat(3_000));

        assertThat(tokens.costAtMost().orElseThrow()).isEqualByComparingTo("0.005");
    }

    @Test
    void many_answers_fill_no_memory_and_none_is_forgotten() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            answer("m" + i, "claude-haiku", 1_000, 0, 0, 0, "");
        }
        assertThat(tokens.costAtMost().orElseThrow()).isEqualByComparingTo("1");
    }

    @Test
    void figures_that_cannot_be_are_cut() throws Exception {
        answer("m1", "claude-haiku", -5, Long.MAX_VALUE, 0, 0, "");
        tokens.answer(new ObjectMapper().readTree("{\"usage\":\"none\",\"content\":7}"));

        assertThat(tokens.costAtMost().orElseThrow()).isBetween(BigDecimal.ONE, BigDecimal.valueOf(51));
    }

    private void answer(String id, String model, long input, long output, long read, long written, String text)
            throws JsonProcessingException {
        tokens.answer(new ObjectMapper()
                .readTree("{\"id\":\"" + id + "\",\"model\":\"" + model + "\",\"usage\":{\"input_tokens\":" + input
                        + ",\"output_tokens\":" + output + ",\"cache_read_input_tokens\":" + read
                        + ",\"cache_creation_input_tokens\":" + written
                        + "},\"content\":[{\"type\":\"text\",\"text\":\""
                        + text + "\"}]}"));
    }
}
