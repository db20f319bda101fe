package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the error output of a run without a result may say about its end. */
class ErrorOutputTest {
    private static final String INIT = "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\"}\n";
    private static final String ANSWER =
            "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"I begin.\"}]}}\n";
    private static final String LOGIN = "Error: Not logged in · Please run /login\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[warn] mcp server 'x': Failed to authenticate\n[info] retrying\n",
                "hook: please run /login for tool y\n\nTerminated\n",
                "warning: rate limit of npm registry\r\ndone\r\n",
                "telemetry: connection refused\n  \n[info] flushed\n\n"
            })
    void an_old_line_does_not_explain_the_end_of_a_run_that_was_at_work_or_was_killed(String stderr) {
        assertThat(ended(137, INIT + ANSWER, stderr).category()).isEqualTo(FailureCategory.KILLED);
        assertThat(ended(143, INIT, stderr).category()).isEqualTo(FailureCategory.KILLED);
        assertThat(ended(1, INIT + ANSWER, stderr).category()).isEqualTo(FailureCategory.CRASH);
        assertThat(ended(0, INIT + ANSWER, stderr).category()).isEqualTo(FailureCategory.NO_RESULT);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "137, true", "1, false", "143, false"})
    void the_last_line_explains_the_end_of_every_run(int exit, boolean answered) {
        Failure failure = ended(exit, answered ? INIT + ANSWER : INIT, "starting\n" + LOGIN + "\n \n");

        assertThat(failure.category()).isEqualTo(FailureCategory.AUTH);
        assertThat(failure.message()).endsWith(": " + LOGIN.strip());
    }

    @Test
    void a_run_that_never_got_an_answer_is_explained_by_the_last_line_that_can_and_that_is_quoted() {
        Failure failure = ended(1, INIT, "npm: connection refused\n" + LOGIN + "    at start (cli.js:1)\nbye\n");

        assertThat(failure.category()).isEqualTo(FailureCategory.AUTH);
        assertThat(failure.message()).endsWith(": " + LOGIN.strip());
        assertThat(ended(1, "", LOGIN + "error: unknown option '--tools'\nusage:\n")
                        .category())
                .isEqualTo(FailureCategory.CONFIG);
    }

    @Test
    void the_reset_of_a_usage_limit_is_read_from_the_line_that_tells_of_it() {
        String stderr = "backup: resets 1am (UTC)\nYou've hit your session limit · resets 3:45pm (UTC)\nbye\n";

        assertThat(ClaudeOutcome.of(Evidence.of(RunEnd.Cause.EXITED, 1, INIT, stderr))
                        .limit())
                .hasFieldOrPropertyWithValue("window", "five_hour")
                .hasFieldOrPropertyWithValue("resetsAt", Instant.parse("1970-01-01T15:45:00Z"));
    }

    private static Failure ended(int exit, String stream, String stderr) {
        Failure failure = ClaudeOutcome.of(Evidence.of(RunEnd.Cause.EXITED, exit, stream, stderr))
                .failure();
        assertThat(failure).isNotNull();
        return failure;
    }
}
