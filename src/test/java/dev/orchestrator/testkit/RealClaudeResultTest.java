package dev.orchestrator.testkit;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the real CLI writes as a result when more than a text is asked of it, or more than once. */
class RealClaudeResultTest extends RealClaudeCase {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";
    private static final String TOOL = "StructuredOutput";
    private static final String TWO_PROMPTS = prompt("one") + prompt("two");

    @Test
    void structured_output_comes_through_a_tool_of_its_own() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().tool(TOOL, Map.of("n", 4)));
                ClaudeRun run = asked(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(tools(run)).contains(TOOL);
            assertThat(run.result().at("/structured_output/n").asInt()).isEqualTo(4);
            record("schema-kept", run, 0);
        }
    }

    @Test
    void structured_output_that_is_missing_is_a_success_all_the_same() throws IOException {
        Script talks = script().text("The answer is 4.").text("It is 4, as I said.");
        try (ScriptedApi api = ScriptedApi.start(talks);
                ClaudeRun run = asked(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(tools(run)).contains(TOOL);
            assertThat(run.result().path("subtype").asText()).isEqualTo("success");
            assertThat(run.result().has("structured_output")).isFalse();
            record("schema-missed", run, 0);
        }
    }

    @Test
    void structured_output_of_another_form_ends_the_run_after_five_tries() throws IOException {
        Script wrong = script();
        for (int i = 0; i < 6; i++) {
            wrong = wrong.tool(TOOL, Map.of("n", "four"));
        }
        try (ScriptedApi api = ScriptedApi.start(wrong);
                ClaudeRun run = asked(api)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.result().path("subtype").asText()).isEqualTo("error_max_structured_output_retries");
            record("schema-broken", run, 1);
        }
    }

    @Test
    void a_schema_that_is_none_ends_the_run_before_it_begins() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("never asked"));
                ClaudeRun run = runIn(api).with("--json-schema", "{\"type\":7}").start(claude)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.errors()).contains("is not a valid JSON Schema");
            record("schema-invalid", run, 1);
        }
    }

    @Test
    void an_option_that_it_does_not_know_ends_the_run_before_it_begins() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("never asked"));
                ClaudeRun run = runIn(api).with("--frobnicate").start(claude)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.errors()).contains("unknown option");
            record("unknown-option", run, 1);
        }
    }

    @Test
    void two_prompts_have_two_results_and_the_cost_of_the_last_is_that_of_both() throws IOException {
        Script answers = script().text("first").text("second");
        try (ScriptedApi api = ScriptedApi.start(answers);
                ClaudeRun run = twoPrompts(api)) {
            assertThat(run.await(LONG)).isZero();

            List<JsonNode> results = results(run);
            assertThat(results)
                    .extracting(result -> result.path("result_index").asInt())
                    .containsExactly(0, 1);
            assertThat(results)
                    .extracting(result -> result.path("num_turns").asInt())
                    .containsExactly(1, 1);
            double first = results.get(0).path("total_cost_usd").asDouble();
            assertThat(first).isPositive();
            assertThat(results.get(1).path("total_cost_usd").asDouble()).isEqualTo(2 * first);
            record("two-results", run, 0);
        }
    }

    @Test
    void an_error_and_then_a_success_exit_with_0() throws IOException {
        // It tries such a request five times more in other forms.
        Script heals = script().errors(6, 400, "invalid_request_error", "something odd")
                .text("second");
        try (ScriptedApi api = ScriptedApi.start(heals);
                ClaudeRun run = twoPrompts(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(results(run))
                    .extracting(result -> result.path("is_error").asBoolean())
                    .containsExactly(true, false);
            record("error-then-success", run, 0);
        }
    }

    private ClaudeRun asked(ScriptedApi api) throws IOException {
        return runIn(api).with("--json-schema", SCHEMA).start(claude);
    }

    private ClaudeRun twoPrompts(ScriptedApi api) throws IOException {
        return runIn(api)
                .prompt(TWO_PROMPTS)
                .with("--input-format", "stream-json")
                .start(claude);
    }

    private static String prompt(String text) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"" + text + "\"}}\n";
    }

    private static List<JsonNode> results(ClaudeRun run) {
        return run.lines().stream()
                .filter(line -> line.path("type").asText().equals("result"))
                .toList();
    }

    private static List<String> tools(ClaudeRun run) {
        List<String> names = new ArrayList<>();
        run.line("system", "init").orElseThrow().path("tools").forEach(tool -> names.add(tool.asText()));
        return names;
    }
}
