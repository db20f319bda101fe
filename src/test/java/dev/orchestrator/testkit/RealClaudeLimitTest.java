package dev.orchestrator.testkit;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real CLI, logged in with a plan, makes of an API that says that the plan is used up. */
class RealClaudeLimitTest extends RealClaudeCase {
    /** Far away, so that a recording says the same whenever it is made. */
    private static final String RESETS_AT = "4102488300";

    @ParameterizedTest
    @CsvSource({
        "limit-five-hour, five_hour, 5-hour limit",
        "limit-weekly, seven_day, weekly limit",
        "limit-opus, seven_day_opus, Opus limit",
        "limit-sonnet, seven_day_sonnet, Sonnet limit"
    })
    void a_window_that_is_used_up_is_told_by_event_kind_and_words(String name, String window, String words)
            throws IOException {
        try (ScriptedApi api = ScriptedApi.start(refuses(claim(window)));
                ClaudeRun run = onPlan(api)) {
            assertThat(run.await(LONG)).isOne();

            JsonNode info = run.line("rate_limit_event", "").orElseThrow().path("rate_limit_info");
            assertThat(info.path("status").asText()).isEqualTo("rejected");
            assertThat(info.path("rateLimitType").asText()).isEqualTo(window);
            assertThat(info.path("resetsAt").asText()).isEqualTo(RESETS_AT);
            assertThat(run.result().path("api_error").asText()).isEqualTo("usage_limit_reached");
            assertThat(run.result().path("result").asText()).contains(words).contains("resets");
            record(name, run, 1);
        }
    }

    @Test
    void a_limit_in_the_middle_comes_after_what_was_done() throws IOException {
        Script late = script().tool("Glob", Map.of("pattern", "*"))
                .error(429, "rate_limit_error", "limited", claim("five_hour"));
        try (ScriptedApi api = ScriptedApi.start(late);
                ClaudeRun run = onPlan(api)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.result().path("num_turns").asInt()).isEqualTo(2);
            record("limit-in-the-middle", run, 1);
        }
    }

    @Test
    void a_spend_limit_names_the_window_that_resets_before_it() throws IOException {
        Map<String, String> headers = claim("five_hour");
        headers.put("anthropic-ratelimit-unified-overage-status", "rejected");
        headers.put("anthropic-ratelimit-unified-overage-disabled-reason", "org_level_disabled_until");
        try (ScriptedApi api = ScriptedApi.start(refuses(headers));
                ClaudeRun run = onPlan(api)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.result().path("result").asText()).contains("spend limit", "your 5-hour limit resets");
            record("limit-spend", run, 1);
        }
    }

    @Test
    void a_throttled_plan_is_called_rejected_too_and_only_the_words_deny_it() throws IOException {
        Map<String, String> headers = new HashMap<>(Map.of("anthropic-ratelimit-unified-status", "rejected"));
        try (ScriptedApi api = ScriptedApi.start(refuses(headers));
                ClaudeRun run = onPlan(api)) {
            assertThat(run.await(LONG)).isOne();

            JsonNode info = run.line("rate_limit_event", "").orElseThrow().path("rate_limit_info");
            assertThat(info.path("status").asText()).isEqualTo("rejected");
            assertThat(run.result().has("api_error")).isFalse();
            assertThat(run.result().path("result").asText()).contains("not your usage limit");
            record("throttled", run, 1);
        }
    }

    private static Script refuses(Map<String, String> headers) {
        return script().error(429, "rate_limit_error", "limited", headers);
    }

    private static Map<String, String> claim(String window) {
        return new HashMap<>(Map.of(
                "anthropic-ratelimit-unified-status", "rejected",
                "anthropic-ratelimit-unified-representative-claim", window,
                "anthropic-ratelimit-unified-reset", RESETS_AT));
    }

    /** Windows are those of a plan; a key has none. */
    private ClaudeRun onPlan(ScriptedApi api) throws IOException {
        return runIn(api)
                .without("ANTHROPIC_API_KEY")
                .environment("CLAUDE_CODE_OAUTH_TOKEN", "test-token")
                .environment("TZ", "UTC")
                .environment(MAX_RETRIES, "1")
                .start(claude);
    }
}
