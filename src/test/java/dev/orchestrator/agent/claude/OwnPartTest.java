package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures as the CLI 2.1.330 named them, with 20,000 tokens and $0.082 a request. */
class OwnPartTest {
    private static final String INIT = "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\"}\n";

    @ParameterizedTest
    @CsvSource({
        // requests, told input, told cost, booked before, own cost, what happened before
        "4, 80000, 0.328, 0, 0.328, a first run",
        "1, 100000, 0.41, 0.328, 0.082, stopped by its budget",
        "5, 120000, 0.492, 0.082, 0.41, a request failed for good",
        "3, 120000, 0.492, 0.3, 0.246, stopped by us and estimated",
        "3, 60000, 0.246, 0.3, 0.246, killed: nothing was put down",
        "3, 140000, 0.574, 0.328, 0.246, another turn"
    })
    void of_a_session_s_figures_a_resumed_run_has_its_own_part(
            int requests, long input, BigDecimal told, BigDecimal booked, BigDecimal own) {
        OwnPart part = OwnPart.of(
                read(requests, result(told, input)).result().orElseThrow(),
                read(requests, result(told, input)),
                request(booked.signum() > 0, booked));

        assertThat(part.cost()).isCloseTo(own, Percentage.withPercentage(3));
        assertThat(part.tokens().get("input_tokens")).isCloseTo(20_000L * requests, Percentage.withPercentage(3));
    }

    @Test
    void a_dear_request_behind_a_cheap_past_is_not_booked_as_cheap() {
        String cheapPast =
                "{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"x\",\"total_cost_usd\":3.5,\"modelUsage\":"
                        + "{\"claude-opus-5-5\":{\"inputTokens\":100000,\"cacheReadInputTokens\":5000000}}}\n";
        Transcript transcript = read(5, cheapPast);

        OwnPart part = OwnPart.of(transcript.result().orElseThrow(), transcript, request(true, new BigDecimal("4")));

        assertThat(part.cost()).isBetween(new BigDecimal("0.5"), new BigDecimal("0.7"));
    }

    /** What subagents and side requests send is not in the stream. */
    @Test
    void what_our_books_do_not_have_of_the_session_is_the_run_s_own() {
        Transcript transcript = read(1, result(new BigDecimal("2"), 1_000_000));

        OwnPart part = OwnPart.of(transcript.result().orElseThrow(), transcript, request(true, new BigDecimal("0.50")));

        assertThat(part.cost()).isEqualByComparingTo("1.50");
    }

    @Test
    void a_run_that_was_ended_in_the_middle_of_a_request_has_paid_for_it() {
        BigDecimal without =
                OwnPart.of(null, read(0, ""), request(false, BigDecimal.ZERO)).cost();
        BigDecimal behindThree =
                OwnPart.of(null, read(3, ""), request(false, BigDecimal.ZERO)).cost();

        assertThat(without).as("a model that nobody knows is the dearest").isGreaterThan(new BigDecimal("0.6"));
        assertThat(behindThree).isGreaterThan(new BigDecimal("0.4"));
        assertThat(OwnPart.of(null, Evidence.read(""), request(false, BigDecimal.ZERO))
                        .cost())
                .as("it was not even up")
                .isNull();
    }

    @Test
    void a_run_that_the_api_did_not_answer_has_cost_nothing() {
        String retry =
                "{\"type\":\"system\",\"subtype\":\"api_retry\",\"error_status\":529,\"error\":\"overloaded\"}\n";

        assertThat(OwnPart.of(null, Evidence.read(INIT + retry), request(false, BigDecimal.ZERO))
                        .cost())
                .isNull();
    }

    private static Transcript read(int requests, String result) {
        StringBuilder stream = new StringBuilder(INIT);
        for (int i = 0; i < requests; i++) {
            stream.append("{\"type\":\"assistant\",\"message\":{\"id\":\"m")
                    .append(i)
                    .append("\",\"model\":\"claude-opus-5-5\",\"usage\":{\"input_tokens\":20000,\"output_tokens\":100},"
                            + "\"content\":[]}}\n");
        }
        return Evidence.read(stream + result);
    }

    private static String result(BigDecimal cost, long input) {
        return "{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"x\",\"total_cost_usd\":" + cost
                + ",\"modelUsage\":{\"claude-opus-5-5\":{\"inputTokens\":" + input + "}}}\n";
    }

    private static AgentRequest request(boolean resume, BigDecimal booked) {
        AgentRequest request = Requests.in(Path.of("project"));
        return new AgentRequest(
                request.taskId(),
                request.startedAt(),
                request.sessionId(),
                resume,
                booked,
                request.prompt(),
                request.directory(),
                request.taskDirectory(),
                request.readRoots(),
                request.access(),
                request.allowedTools(),
                request.model(),
                request.maxTurns(),
                request.maxBudgetUsd(),
                request.clocks(),
                request.outputSchema(),
                request.files());
    }
}
