package dev.orchestrator.testkit;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the real CLI does with session ids. */
class RealClaudeSessionTest extends RealClaudeCase {
    @Test
    void a_resumed_session_keeps_its_id_and_goes_on_in_the_script() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("first").text("second"))) {
            try (ClaudeRun run = start(api)) {
                assertThat(run.await(LONG)).isZero();
                assertThat(run.result().path("session_id").asText()).isEqualTo(session);
                record("session-first", run, 0);
            }
            try (ClaudeRun run = runIn(api).resume(session).prompt("go on").start(claude)) {
                assertThat(run.await(LONG)).isZero();

                assertThat(run.result().path("result").asText()).isEqualTo("second");
                assertThat(run.result().path("session_id").asText()).isEqualTo(session);
                assertThat(api.requests().get(1).prompt()).contains("do it");
                assertThat(api.requests().get(1).lastPrompt()).isEqualTo("go on");
                record("session-resumed", run, 0);
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no signals")
    void a_run_stopped_in_a_hanging_call_has_no_result_and_can_be_resumed() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().hang())) {
            try (ClaudeRun run = start(api)) {
                api.awaitRequests("do it", 1, LONG);
                run.handle().destroy();
                assertThat(run.await(LONG)).isEqualTo(143);
                assertThat(run.lines())
                        .noneMatch(line -> line.path("type").asText().equals("result"));
                record("terminated", run, 143);
            }
            api.use(script().text("finished after all"));
            try (ClaudeRun run = runIn(api).resume(session).prompt("go on").start(claude)) {
                assertThat(run.await(LONG)).isZero();
                assertThat(run.result().path("result").asText()).isEqualTo("finished after all");
                record("terminated-resumed", run, 0);
            }
        }
    }

    @Test
    void a_session_id_is_used_once() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("first").text("second"))) {
            try (ClaudeRun run = start(api)) {
                assertThat(run.await(LONG)).isZero();
            }
            try (ClaudeRun run = start(api)) {
                assertThat(run.await(LONG)).isOne();
                assertThat(run.errors()).contains("Session ID " + session + " is already in use");
                record("session-in-use", run, 1);
            }
        }
    }

    /** Whoever adds the costs of its runs up would pay for the first again with each that follows. */
    @Test
    void a_resumed_run_names_the_cost_of_its_session_and_the_tokens_of_its_own() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("first").text("second"))) {
            JsonNode first;
            try (ClaudeRun run = start(api)) {
                assertThat(run.await(LONG)).isZero();
                first = run.result();
            }
            try (ClaudeRun run = runIn(api).resume(session).prompt("go on").start(claude)) {
                assertThat(run.await(LONG)).isZero();

                assertThat(run.result().path("total_cost_usd").asDouble())
                        .isGreaterThan(1.5 * first.path("total_cost_usd").asDouble());
                assertThat(run.result().at("/usage/input_tokens").asLong())
                        .isLessThan(2 * first.at("/usage/input_tokens").asLong());
            }
        }
    }

    @Test
    void an_unknown_session_cannot_be_resumed() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("never asked"));
                ClaudeRun run = runIn(api).resume(session).start(claude)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.errors()).contains("No conversation found with session ID: " + session);
            assertThat(run.lines()).hasSize(1);
            assertThat(run.result().path("subtype").asText()).isEqualTo("error_during_execution");
            record("resume-unknown", run, 1);
        }
    }
}
