package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

class OutcomeFuzzTest {
    private static final String DONE =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"Done.\"}";
    private static final String FAILED =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"x\"}";
    private static final String ANSWER =
            "{\"type\":\"assistant\",\"message\":{\"id\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"Done.\"}]}}";
    private static final String REFUSED = "{\"type\":\"assistant\",\"message\":{\"model\":\"<synthetic>\",\"content\":"
            + "[{\"type\":\"text\",\"text\":\"No\"}]},\"error\":\"authentication_failed\"}";
    private static final String RETRY =
            "{\"type\":\"system\",\"subtype\":\"api_retry\",\"error_status\":401,\"error\":\"authentication_failed\"}";
    /** All that changes nothing of how a run ends. */
    private static final List<String> CHATTER = List.of(
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"m\"}",
            "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"allowed\"}}",
            ANSWER.replace("}}", "},\"parent_tool_use_id\":\"t\"}"),
            REFUSED.replace("\"error\"", "\"parent_tool_use_id\":\"t\",\"error\""),
            "{\"type\":\"resu",
            "");

    /** Told apart from the code under test, by hand: what came last of what matters. */
    @FuzzTest(maxDuration = "1m")
    void a_run_is_a_success_only_when_the_model_had_the_last_word_before_each_good_result(FuzzedDataProvider data) {
        List<String> stream = new ArrayList<>();
        boolean refused = false;
        @Nullable Boolean good = null;
        while (data.remainingBytes() > 0) {
            String line = data.pickValue(List.of(DONE, FAILED, ANSWER, REFUSED, data.pickValue(CHATTER)));
            stream.add(line);
            refused = line.equals(REFUSED) || (refused && !line.equals(ANSWER));
            if (line.equals(DONE) || line.equals(FAILED)) {
                good = (good == null || good) && line.equals(DONE) && !refused;
            }
        }
        Failure failure = judged(String.join("\n", stream), "", 0);

        assertThat(failure == null).isEqualTo(good != null && good);
    }

    @FuzzTest(maxDuration = "1m")
    void whatever_is_printed_a_run_without_a_good_result_is_no_success(FuzzedDataProvider data) {
        String stderr = data.consumeString(2_000);
        int exit = data.consumeInt(0, 255);
        String stream = data.consumeRemainingAsString().replace("\"result\"", "\"other\"");

        assertThat(judged(ANSWER + "\n" + RETRY + "\n" + stream + "\n", stderr, exit))
                .isNotNull();
    }

    @FuzzTest(maxDuration = "1m")
    void any_words_of_a_failed_result_have_a_category_and_any_limit_a_window(FuzzedDataProvider data) {
        String window = data.consumeString(30).replaceAll("[^a-z_]", "");
        String text = data.consumeRemainingAsString().replaceAll("[\"\\\\\\p{Cc}]", " ");
        String limit =
                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"rateLimitType\":\""
                        + window + "\"}}\n";

        ClaudeOutcome.Verdict verdict = ClaudeOutcome.of(
                evidence(CHATTER.get(0) + "\n" + limit + FAILED.replace("\"x\"", "\"" + text + "\""), "", 1));

        assertThat(verdict.failure()).isNotNull();
        assertThat(verdict.failure().message()).hasSizeLessThan(500).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        assertThat(verdict.limit() != null).isEqualTo(verdict.failure().category() == FailureCategory.USAGE_LIMIT);
        if (verdict.limit() != null) {
            assertThat(verdict.limit().window()).isNotEmpty();
        }
    }

    private static @Nullable Failure judged(String stream, String stderr, int exit) {
        return ClaudeOutcome.of(evidence(stream, stderr, exit)).failure();
    }

    private static RunEvidence evidence(String stream, String stderr, int exit) {
        return Evidence.of(RunEnd.Cause.EXITED, exit, stream, stderr, false, Instant.EPOCH, null);
    }
}
