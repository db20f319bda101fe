package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.task.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeOutcomeTest {
    private static final String TOOL =
            "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\","
                    + "\"name\":\"Read\",\"input\":{\"file_path\":\"/a\"}}]}}\n"
                    + "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\","
                    + "\"content\":\"API Error: rate limit, 529 overloaded, credit balance is too low\"}]}}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Each sign of success lies by itself.
                "0 | 'is_error':true,'subtype':'success','result':'boom' | crash",
                "0 | 'is_error':true,'subtype':'success','result':'You''ve hit your limit · resets 1am' | usage_limit",
                "0 | 'is_error':true,'subtype':'success','api_error_status':429,'result':'You’ve hit your weekly limit' | usage_limit",
                "0 | 'is_error':true,'subtype':'success','api_error_status':503,'result':'x' | server",
                "0 | 'is_error':true,'subtype':'success','api_error_status':404,'result':'x' | model",
                "0 | 'is_error':false,'subtype':'error_max_turns' | max_turns",
                "0 | 'is_error':true,'subtype':'error_during_execution','errors':['x'] | crash",
                "0 | 'is_error':false,'subtype':'success' | no_result",
                "0 | 'is_error':false,'subtype':'success','result':'hi','num_turns':0 | no_result",
                "0 | 'is_error':false,'subtype':'victory','result':'hi' | crash",
                "0 | 'is_error':false,'subtype':'success','result':'hi','terminal_reason':'moon_phase' | crash",
                "0 | 'is_error':true,'subtype':'success','result':'x','terminal_reason':'prompt_too_long' | context_exhausted",
                "0 | 'subtype':'success','result':'hi' | no_result",
                "0 | 'is_error':null,'subtype':'success','result':'hi' | no_result",
                "0 | 'is_error':false,'subtype':'success','result':'hi','stop_reason':'refusal' | policy",
                "0 | 'is_error':false,'subtype':'success','result':'I cannot','terminal_reason':'image_error' | crash",
                // What the model says is not an error message of the program.
                "0 | 'is_error':false,'subtype':'victory','result':'I mended the rate limit, error 529 and 401' | crash",
                "0 | 'is_error':false,'subtype':'success','result':'The rate limit is 5; credit balance is too low' | none",
                "1 | 'is_error':false,'subtype':'success','result':'done','num_turns':1 | none",
                "137 | 'is_error':false,'subtype':'success','result':'done' | none"
            })
    void a_result_is_believed_only_when_all_its_signs_agree(int exit, String fields, String category) {
        String result = "{'type':'result'," + fields + "}";
        assertThat(outcome(exit, TOOL + result.replace('\'', '"').replace("\"\"", "'") + "\n{garbage\n", ""))
                .isEqualTo(category);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"result\",\"is_error\":true,\"subtype\":\"success\",\"result\":\"boom, %s\"}",
                "{\"type\":\"result\",\"is_error\":true,\"subtype\":\"success\",\"api_error_status\":503,\"result\":\"%s\"}",
                "{\"type\":\"assistant\",\"error\":\"server_error\",\"message\":{\"model\":\"<synthetic>\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}}",
                "{\"type\":\"result\",\"is_error\":false,\"subtype\":\"success\",\"result\":\"x\",\"permission_denials\":"
                        + "[{\"tool_name\":\"Bash\",\"tool_use_id\":\"t9\",\"tool_input\":{\"command\":\"%s\"}}]}"
            })
    void nothing_is_left_of_a_known_value_that_would_be_cut_where_it_is_quoted(String line) {
        String said = "x ".repeat(135) + Evidence.KNOWN;

        Failure failure = ClaudeOutcome.of(Evidence.of(RunEnd.Cause.EXITED, 1, line.formatted(said) + "\n", ""))
                .failure();

        assertThat(failure).isNotNull();
        assertThat(failure.message()).contains("x x x", "[redacted]").doesNotContain("host=db", "user=shop");
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', no_result",
        "1, '', crash",
        "2, boom, crash",
        "137, '', killed",
        "143, '', killed",
        "129, '', killed",
        "1, Error: Not logged in · Please run /login, auth",
        "1, error: unknown option '--tools', config",
        "1, agent consumed 402913 tokens and 5290 lines, crash"
    })
    void without_a_result_the_exit_code_and_the_error_output_tell(int exit, String stderr, String category) {
        assertThat(outcome(exit, TOOL, stderr)).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "authentication_failed, 401, auth",
        "oauth_org_not_allowed, 403, auth",
        "billing_error, 402, billing",
        "model_not_found, 404, model",
        "invalid_request, 400, config",
        "rate_limit, 429, rate_limit",
        "overloaded, 529, overloaded",
        "server_error, 500, server",
        "unknown, null, network",
        "unknown, 401, auth",
        "unknown, 429, rate_limit",
        "unknown, 503, server",
        "of_a_newer_version, 529, overloaded",
        "of_a_newer_version, 402, billing",
        "unknown, 418, killed"
    })
    void a_run_that_ended_while_it_tried_again_failed_for_what_it_tried(String error, String status, String category) {
        String retry = "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":2,\"error_status\":" + status
                + ",\"error\":\"" + error + "\"}\n";
        String made = "{\"type\":\"assistant\",\"message\":{\"model\":\"<synthetic>\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"API Error\"}]}}\n";

        assertThat(outcome(143, TOOL + retry, "rate limit")).isEqualTo(category.replace("killed", "rate_limit"));
        assertThat(outcome(143, TOOL + retry, "")).isEqualTo(category);
        assertThat(outcome(143, TOOL + retry + made, "")).isEqualTo(category);
        assertThat(outcome(143, retry + TOOL, "")).as("an answer came").isEqualTo("killed");
    }

    @ParameterizedTest
    @CsvSource({
        "authentication_failed, 0, true",
        "invalid_request, 400, true",
        "unknown, 401, true",
        "of_a_newer_version, 402, true",
        "unknown, 403, true",
        "unknown, 404, false",
        "unknown, 429, false",
        "rate_limit, 403, false",
        "overloaded, 529, false",
        "unknown, 0, false"
    })
    void a_retry_ends_the_run_at_once_when_it_cannot_help(String error, int status, boolean hopeless) {
        assertThat(RetryFailure.hopeless(new Transcript.ApiRetry(status, error)).isPresent())
                .isEqualTo(hopeless);
    }

    @Test
    void an_empty_text_is_a_result_only_of_a_run_that_used_a_tool() {
        String empty = "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\" \"}";

        assertThat(outcome(0, empty, "")).isEqualTo("no_result");
        assertThat(outcome(0, TOOL + empty, "")).isEqualTo("none");
    }

    @Test
    void the_words_of_the_model_are_no_error_message() {
        String result = "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,"
                + "\"result\":\"All is well.\",\"terminal_reason\":\"hook_stopped\"}";

        assertThat(judged(RunEnd.Cause.EXITED, result).message())
                .isEqualTo("the agent reported success, ended by hook_stopped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hook_stopped", "stop_hook_prevented", "model_error", "of_a_newer_version"})
    void the_words_of_the_model_are_no_error_message_of_a_failed_result_either(String reason) {
        String text = "I mended 'usage limit reached' and 'please run /login'.";
        String said =
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}}\n";
        String failed = "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"terminal_reason\":\"" + reason
                + "\",\"result\":\"" + text + "\"%s}";

        assertThat(judged(RunEnd.Cause.EXITED, said + failed.formatted("")).message())
                .isEqualTo("the agent reported success, ended by " + reason);
        assertThat(judged(RunEnd.Cause.EXITED, said + failed.formatted(",\"errors\":[\"529 overloaded\"]"))
                        .category())
                .as("the program's own words still count")
                .hasToString("overloaded");
        assertThat(judged(RunEnd.Cause.EXITED, said + failed.formatted(",\"api_error_status\":503"))
                        .category())
                .as("and so do its typed fields")
                .hasToString("server");
        assertThat(judged(RunEnd.Cause.EXITED, TOOL + failed.formatted("")).category())
                .as("what the model has not said, the program has")
                .hasToString("usage_limit");
    }

    @Test
    void a_plan_that_is_used_up_is_told_from_a_caller_that_is_too_fast() {
        String rejected = "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\"}}\n";
        String overage = rejected.replace("}}", ",\"isUsingOverage\":true}}");
        String refused = "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"429\","
                + "\"api_error_status\":429}";

        assertThat(outcome(1, rejected + refused, "")).isEqualTo("usage_limit");
        assertThat(outcome(1, overage + refused, "")).isEqualTo("rate_limit");
        assertThat(outcome(1, rejected + rejected.replace("rejected", "allowed") + refused, ""))
                .isEqualTo("rate_limit");
        assertThat(outcome(143, rejected, "")).isEqualTo("usage_limit");
        assertThat(outcome(143, rejected + TOOL, "")).as("an answer came").isEqualTo("killed");
    }

    @Test
    void a_run_that_fell_silent_between_two_tries_failed_for_what_it_tried() {
        String retry = "{\"type\":\"system\",\"subtype\":\"api_retry\",\"error_status\":529,\"error\":\"overloaded\"}";

        assertThat(judged(RunEnd.Cause.SILENT, retry).category()).hasToString("overloaded");
    }

    @Test
    void a_cost_beyond_all_numbers_is_no_cost() {
        String result = "{\"type\":\"result\",\"total_cost_usd\":%s}";

        assertThat(Usage.cost(
                        Evidence.read(result.formatted("1e999999")).result().orElseThrow()))
                .isNull();
        assertThat(Usage.cost(Evidence.read(result.formatted("0.25")).result().orElseThrow()))
                .isEqualByComparingTo("0.25");
    }

    @Test
    void a_refused_read_is_a_failure_only_when_nothing_worked_and_a_refused_change_only_when_none_did() {
        String denial = "\"permission_denials\":[{\"tool_name\":\"%s\",\"tool_use_id\":\"t9\",\"tool_input\":{}}]";
        String result =
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"x\"," + denial + "}";
        String write = TOOL.replace("Read", "Write");

        assertThat(outcome(0, TOOL + result.formatted("Read"), "")).isEqualTo("none");
        assertThat(outcome(0, result.formatted("Read"), "")).isEqualTo("permission");
        assertThat(outcome(0, TOOL + result.formatted("Write"), "")).isEqualTo("permission");
        assertThat(outcome(0, write + result.formatted("Write"), "")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"SILENT_START, timeout_idle", "SILENT, timeout_idle", "OUT_OF_TIME, timeout_total"})
    void a_run_that_we_stopped_fails_for_the_reason_that_we_had(RunEnd.Cause cause, String category) {
        assertThat(judged(cause, TOOL).category()).hasToString(category);
    }

    private static Failure judged(RunEnd.Cause cause, String stream) {
        Failure failure = ClaudeOutcome.of(Evidence.of(cause, 143, stream, "")).failure();
        assertThat(failure).isNotNull();
        return failure;
    }

    private static String outcome(int exit, String stream, String stderr) {
        Failure failure = ClaudeOutcome.of(Evidence.of(RunEnd.Cause.EXITED, exit, stream, stderr))
                .failure();
        return failure == null ? "none" : failure.category().toString();
    }
}
