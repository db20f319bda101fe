package dev.orchestrator.testkit;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the real CLI does when the API does not answer, or with an error. */
class RealClaudeFailureTest extends RealClaudeCase {
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no signals")
    void a_401_is_retried_and_named_in_the_stream_until_the_run_is_stopped() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().error(401, "authentication_error", "invalid x-api-key"));
                ClaudeRun run = start(api)) {
            api.awaitRequests("", 3, LONG);
            run.handle().destroy();
            int exit = run.await(LONG);

            assertThat(exit).isEqualTo(143);
            JsonNode retry = run.line("system", "api_retry").orElseThrow();
            assertThat(retry.path("error").asText()).isEqualTo("authentication_failed");
            assertThat(retry.path("error_status").asInt()).isEqualTo(401);
            record("auth-401", run, exit);
        }
    }

    @Test
    void no_login_ends_at_once() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("never asked"))) {
            Map<String, String> environment = RealClaude.environment(config, api);
            environment.remove("ANTHROPIC_API_KEY");
            try (ClaudeRun run = ClaudeRun.in(project, files)
                    .session(session)
                    .environment(environment)
                    .start(claude)) {
                assertThat(run.await(LONG)).isOne();

                assertThat(run.result().path("result").asText()).startsWith("Not logged in");
                record("not-logged-in", run, 1);
            }
        }
    }

    @Test
    void a_low_credit_balance_ends_at_once() throws IOException {
        String message = "Your credit balance is too low to access the Anthropic API.";
        fails("credit-400", script().error(400, "invalid_request_error", message), 400, "invalid_request_error");
    }

    @Test
    void a_rate_limit_ends_after_the_retries() throws IOException {
        Script limited = script().error(429, "rate_limit_error", "slow down", Map.of("retry-after", "1"));
        fails("rate-limit-429", limited, 429, "rate_limit_error");
    }

    @Test
    void an_overloaded_service_ends_after_the_retries() throws IOException {
        fails("overloaded-529", script().error(529, "overloaded_error", "Overloaded"), 529, "overloaded_error");
    }

    @Test
    void an_overload_that_passes_is_retried_by_the_cli() throws IOException {
        Script passing =
                script().errors(1, 529, "overloaded_error", "Overloaded").text("done");
        try (ScriptedApi api = ScriptedApi.start(passing);
                ClaudeRun run = start(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(run.line("system", "api_retry")).isPresent();
            assertThat(run.result().path("result").asText()).isEqualTo("done");
            record("retried", run, 0);
        }
    }

    @Test
    void an_unreachable_service_ends_after_the_retries() throws IOException {
        Map<String, String> environment;
        try (ScriptedApi api = ScriptedApi.start(script().text("never asked"))) {
            environment = RealClaude.environment(config, api);
        }
        try (ClaudeRun run = ClaudeRun.in(project, files)
                .session(session)
                .environment(environment)
                .environment(MAX_RETRIES, "1")
                .start(claude)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.result().path("is_error").asBoolean()).isTrue();
            assertThat(run.result().path("terminal_reason").asText()).isEqualTo("api_error");
            record("unreachable", run, 1);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no signals")
    void an_interrupted_run_exits_with_0_all_the_same() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().hang());
                ClaudeRun run = start(api)) {
            api.awaitRequests("do it", 1, LONG);
            new ProcessBuilder("kill", "-INT", String.valueOf(run.handle().pid()))
                    .start()
                    .waitFor();

            assertThat(run.await(LONG)).isZero();
            // The result line may be missing; when it is there it says so.
            assertThat(run.lines())
                    .noneMatch(line -> line.path("type").asText().equals("result")
                            && !line.path("is_error").asBoolean());
            record("interrupted", run, 0);
        }
    }

    @Test
    void a_request_that_is_too_long_is_told_by_its_own_reason() throws IOException {
        String message = "prompt is too long: 250000 tokens > 200000 maximum";
        JsonNode result = fails(
                "prompt-too-long", script().error(400, "invalid_request_error", message), 400, "invalid_request_error");
        assertThat(result.path("terminal_reason").asText()).isEqualTo("prompt_too_long");
    }

    @Test
    void a_request_that_is_too_large_is_called_an_image_error() throws IOException {
        Script large = script().error(413, "request_too_large", "Request exceeds the maximum size");
        assertThat(fails("too-large-413", large, 413, "request_too_large")
                        .path("terminal_reason")
                        .asText())
                .isEqualTo("image_error");
    }

    @Test
    void a_request_that_the_api_does_not_understand_ends_at_once() throws IOException {
        Script odd = script().error(400, "invalid_request_error", "tools.0.input_schema: something odd");
        fails("invalid-400", odd, 400, "invalid_request_error");
    }

    @Test
    void a_forbidden_key_is_a_failure_to_authenticate() throws IOException {
        Script forbidden = script().error(403, "permission_error", "Your API key does not have permission");
        fails("forbidden-403", forbidden, 403, "permission_error");
    }

    @Test
    void a_payment_that_is_due_has_no_error_name() throws IOException {
        fails("payment-402", script().error(402, "billing_error", "Payment required"), 402, "billing_error");
    }

    @Test
    void a_model_that_is_not_there_ends_at_once() throws IOException {
        fails("no-model-404", script().error(404, "not_found_error", "model: none"), 404, "not_found_error");
    }

    @Test
    void an_internal_error_ends_after_the_retries() throws IOException {
        fails("server-500", script().error(500, "api_error", "Internal server error"), 500, "api_error");
    }

    @Test
    void a_connection_that_is_cut_in_the_middle_has_its_own_kind() throws IOException {
        assertThat(fails("cut", script().cut(), 0, "").path("api_error").asText())
                .isEqualTo("connection_failed");
    }

    @Test
    void a_refusal_is_told_by_the_stop_reason() throws IOException {
        Script refuses = script().text("I will not", "refusal").text("I will not do it", "refusal");
        assertThat(fails("refusal", refuses, 0, "").path("stop_reason").asText())
                .isEqualTo("refusal");
    }

    @Test
    void an_answer_that_is_cut_short_again_and_again_has_its_own_kind() throws IOException {
        JsonNode result = fails("max-tokens", always("max_tokens"), 0, "");
        assertThat(result.path("api_error").asText()).isEqualTo("max_output_tokens");
    }

    @Test
    void a_full_context_window_is_told_by_the_place_of_the_cut() throws IOException {
        JsonNode result = fails("context-window", always("model_context_window_exceeded"), 0, "");
        assertThat(result.path("api_error").asText()).isEqualTo("max_output_tokens");
    }

    private static Script always(String stopReason) {
        Script script = script();
        for (String part : List.of("I was", "about to", "say that", "there is", "no end")) {
            script = script.text(part, stopReason);
        }
        return script;
    }

    @Test
    void a_damaged_configuration_file_ends_the_run_before_it_begins() throws IOException {
        Path own = Files.createDirectory(config.resolve(".claude"));
        Files.writeString(own.resolve(".claude.json"), "{\"numStartups\": 3, \"proj");
        try (ScriptedApi api = ScriptedApi.start(script().text("done"));
                ClaudeRun run = start(api)) {
            int exit = run.await(LONG);

            assertThat(run.errors()).contains("corrupted");
            record("corrupted-config", run, exit);
        }
    }

    private JsonNode fails(String name, Script script, int status, String type) throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script);
                ClaudeRun run = runIn(api).environment(MAX_RETRIES, "1").start(claude)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.result().path("is_error").asBoolean()).isTrue();
            assertThat(run.result().path("api_error_status").asInt()).isEqualTo(status);
            assertThat(run.result().path("api_error_type").asText()).isEqualTo(type);
            record(name, run, 1);
            return run.result();
        }
    }
}
