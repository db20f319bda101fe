package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.agent.run.LineFramer;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.secret.Redactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {
    private static final String INIT =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s1\",\"model\":\"m\",\"claude_code_version\":\"2\"}";
    private static final String RESULT = "{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"ok\"}";

    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "warning: something",
                "{\"type\":\"resu",
                "null",
                "[]",
                "42",
                "\"result\"",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"assistant\"}",
                "{\"type\":\"assistant\",\"message\":\"x\"}",
                "{\"type\":\"assistant\",\"message\":{\"content\":\"text\"}}",
                "{\"type\":\"user\",\"message\":{\"content\":[7,null,{\"type\":\"tool_result\"}]}}",
                "{\"type\":\"from_the_future\",\"result\":\"x\"}",
                "{\"type\":\"system\",\"subtype\":\"new\"}",
                "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":9}",
                "\u0000\u0001",
                "{\"type\":\"result\"} trailing {"
            })
    void a_line_that_is_not_known_changes_nothing(String line) {
        Transcript transcript = read(0, INIT, line, RESULT);

        assertThat(transcript.sessionId()).isEqualTo("s1");
        assertThat(transcript.result().orElseThrow().path("result").asText()).isEqualTo("ok");
        assertThat(heard).isEmpty();
    }

    @Test
    void what_a_run_has_too_many_of_is_counted_and_not_kept() {
        Transcript transcript = new Transcript();
        for (int i = 0; i < 12_000; i++) {
            String refused = "{\"type\":\"system\",\"subtype\":\"permission_denied\",\"tool_use_id\":\"r" + i + "\"}";
            transcript.line(refused.getBytes(StandardCharsets.UTF_8));
            transcript.line(use("t" + i, "Read", "file_path", "x".repeat(1000)).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(transcript.calls().denials()).hasSize(10_000);
        assertThat(transcript.calls().begun()).isEqualTo(12_000);
    }

    /** Half of it would be no secret that anybody knows. */
    @Test
    void a_known_value_with_blanks_in_it_is_hidden_before_what_is_about_it_is_cut() {
        String known = "host=db user=shop password=correct horse battery staple";
        Redactor redactor = Redactor.of(Map.of("SHOP_SECRET", known), List.of());
        Transcript transcript = new Transcript(new Ear(), 0, CallJudge.NONE, redactor);

        transcript.line(use("t1", "Bash", "command", "psql " + "x".repeat(470) + " " + known)
                .getBytes(StandardCharsets.UTF_8));
        transcript.line(done("t1", false).getBytes(StandardCharsets.UTF_8));

        assertThat(heard).singleElement().asString().contains("psql").doesNotContain("host=db", "user=shop");
    }

    @Test
    void of_too_many_tool_calls_the_first_are_told_and_all_are_counted_by_whoever_follows_the_run() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            lines.add(use("t" + i, "Read", "file_path", "/a"));
            lines.add(done("t" + i, false));
        }
        assertThat(read(0, lines.toArray(String[]::new)).calls().ended()).isEqualTo(12_000);
        assertThat(heard).hasSize(10_000);

        heard.clear();
        assertThat(read(10_000, lines.toArray(String[]::new)).calls().succeeded())
                .isEqualTo(12_000);
        assertThat(heard).as("of whoever takes it over").isEmpty();
    }

    @Test
    void bytes_that_are_not_utf_8_are_passed_over() {
        Transcript transcript = new Transcript(new Ear(), 0, CallJudge.NONE, Redactor.SHAPES_ONLY);
        byte[] line = "{\"type\":\"result\",\"result\":\"a_b\"}".getBytes(StandardCharsets.UTF_8);
        line[line.length - 4] = (byte) 0xff;
        transcript.line(INIT.getBytes(StandardCharsets.UTF_8));
        transcript.line(line);

        assertThat(transcript.started()).isTrue();
        assertThat(transcript.result()).isEmpty();
    }

    @Test
    void a_line_nested_beyond_reason_is_passed_over() {
        assertThat(read(0, "[".repeat(100_000), "{\"a\":".repeat(100_000), INIT).started())
                .isTrue();
    }

    @Test
    void a_huge_line_does_not_hide_the_next() {
        Transcript transcript = new Transcript(new Ear(), 0, CallJudge.NONE, Redactor.SHAPES_ONLY);
        LineFramer framer = new LineFramer(1_000, transcript::line);
        String huge = "{\"type\":\"user\",\"image\":\"" + "x".repeat(5_000) + "\"}";
        framer.feed(ByteBuffer.wrap((INIT + "\n" + huge + "\n" + RESULT).getBytes(StandardCharsets.UTF_8)));
        assertThat(transcript.result()).isEmpty();
        framer.finish();

        assertThat(transcript.result()).isPresent();
        assertThat(framer.skipped()).isEqualTo(1);
    }

    @Test
    void tool_calls_are_told_when_they_end_and_only_the_new_ones() {
        String[] lines = {
            use("t1", "Read", "file_path", "/a"),
            use("t2", "Write", "file_path", "/b"),
            done("t2", false),
            done("t1", true),
            done("t1", false),
            done("unknown", false)
        };
        assertThat(read(0, lines).calls().claimedChanges()).containsExactly("/b");
        assertThat(heard).containsExactly("used Write /b true", "used Read /a false");

        heard.clear();
        assertThat(read(1, lines).calls().succeeded()).isEqualTo(1);
        assertThat(heard).containsExactly("used Read /a false");
    }

    @Test
    void a_refusal_is_told_once_though_two_lines_speak_of_it() {
        read(
                0,
                use("t1", "Write", "file_path", "/etc/x"),
                "{\"type\":\"system\",\"subtype\":\"permission_denied\",\"tool_name\":\"Write\",\"tool_use_id\":\"t1\",\"message\":\"no\"}",
                done("t1", true),
                "{\"type\":\"result\",\"permission_denials\":[{\"tool_name\":\"Write\",\"tool_use_id\":\"t1\",\"tool_input\":{\"file_path\":\"/etc/x\"}}]}");

        assertThat(heard).containsExactly("denied Write /etc/x", "used Write /etc/x false");
    }

    @Test
    void a_tool_that_the_run_does_not_have_is_a_refusal() {
        read(
                0,
                use("t1", "Bash", "command", "rm -rf /"),
                "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"is_error\":true,"
                        + "\"content\":\"<tool_use_error>Error: No such tool available: Bash.</tool_use_error>\"}]}}");

        assertThat(heard).containsExactly("denied Bash rm -rf /", "used Bash rm -rf / false");
    }

    /** For what its rules deny the program prints no line of its own, and the result comes last or never. */
    @Test
    void a_refusal_that_only_the_calls_result_tells_is_known_at_once() {
        read(
                0,
                use("t1", "Read", "file_path", "/w/.env"),
                "{\"type\":\"user\",\"tool_result_meta\":[{\"id\":\"t1\",\"permission_decision\":{\"decision\":\"reject\","
                        + "\"source\":\"config\"}}],\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\","
                        + "\"is_error\":true,\"content\":\"File is denied\"}]}}");

        assertThat(heard).containsExactly("denied Read /w/.env", "used Read /w/.env false");
    }

    @Test
    void a_path_that_no_system_has_ends_nothing() {
        assertThat(read(
                                0,
                                "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"S\",\"cwd\":\"/w\"}",
                                use("t1", "Read", "file_path", "/x\\u0000/S/tool-results/y"))
                        .calls()
                        .begun())
                .isEqualTo(1);
    }

    @Test
    void a_guard_that_gave_no_answer_is_known() {
        read(
                0,
                "{\"type\":\"system\",\"subtype\":\"informational\",\"content\":\"A hook gave no usable answer\","
                        + "\"hook_no_verdict\":{\"hook_event\":\"PreToolUse\",\"tool_use_id\":\"t1\",\"timed_out\":false}}");

        assertThat(heard).containsExactly("unanswered t1");
    }

    @Test
    void a_retry_is_over_when_the_model_answers() {
        String retry = "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":2,\"error_status\":401,"
                + "\"error\":\"authentication_failed\"}";
        assertThat(read(0, INIT, retry).apiRetry().orElseThrow().error()).isEqualTo("authentication_failed");
        assertThat(read(
                                0,
                                INIT,
                                retry,
                                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}")
                        .apiRetry())
                .isEmpty();
    }

    @Test
    void turns_are_those_of_all_results_and_the_cost_is_that_of_the_last() {
        Transcript transcript = read(
                0,
                INIT,
                "{\"type\":\"result\",\"num_turns\":2,\"total_cost_usd\":0.25}",
                "{\"type\":\"result\",\"num_turns\":3,\"total_cost_usd\":0.75}");

        assertThat(transcript.turns()).isEqualTo(5);
        assertThat(Usage.cost(transcript.result().orElseThrow())).isEqualByComparingTo("0.75");
    }

    @Test
    void without_a_result_the_turns_are_the_answers_of_the_model_however_many_lines_each_has() {
        assertThat(read(0, INIT).turns()).isZero();
        assertThat(read(
                                0,
                                INIT,
                                answer("m1", "thinking", ""),
                                answer("m1", "text", ""),
                                done("t1", false),
                                answer("m1", "text", ""),
                                answer("m2", "text", ""))
                        .turns())
                .isEqualTo(2);
        assertThat(read(0, INIT, answer("", "text", ""), answer("", "text", "")).turns())
                .as("without ids nobody knows how many, but there was one")
                .isEqualTo(1);
    }

    @Test
    void neither_a_subagent_nor_the_program_in_the_place_of_the_model_takes_a_turn() {
        String made = answer("m3", "text", "").replace("\"id\"", "\"model\":\"<synthetic>\",\"id\"");

        assertThat(read(0, INIT, made).turns()).isZero();
        assertThat(read(0, answer("m1", "text", ""), answer("m2", "text", ",\"parent_tool_use_id\":\"t1\""), made)
                        .turns())
                .isEqualTo(1);
    }

    @Test
    void the_turns_that_a_result_tells_count_and_not_the_answers() {
        assertThat(read(0, answer("m1", "text", ""), "{\"type\":\"result\",\"num_turns\":4}")
                        .turns())
                .isEqualTo(4);
    }

    private Transcript read(int alreadyTold, String... lines) {
        Transcript transcript = new Transcript(new Ear(), alreadyTold, new Judge(), Redactor.SHAPES_ONLY);
        for (String line : lines) {
            transcript.line(line.getBytes(StandardCharsets.UTF_8));
        }
        return transcript;
    }

    private static String answer(String id, String kind, String more) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"" + id + "\",\"content\":[{\"type\":\"" + kind + "\",\""
                + kind + "\":\"x\"}]}" + more + "}";
    }

    private static String use(String id, String tool, String key, String value) {
        return "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\",\"id\":\"" + id
                + "\",\"name\":\"" + tool + "\",\"input\":{\"" + key + "\":\"" + value + "\"}}]}}";
    }

    private static String done(String id, boolean error) {
        return "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + id
                + "\",\"is_error\":" + error + "}]}}";
    }

    private final class Ear implements RunObserver {
        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {}

        @Override
        public void answered() {}

        @Override
        public void toolUsed(ToolCall call) {
            heard.add("used " + call.tool() + " " + call.target() + " " + call.succeeded());
        }

        @Override
        public void refused(ToolCall call, Refusal refusal) {
            throw new AssertionError("only the judge says what a refusal means");
        }

        @Override
        public boolean directoryChanged() {
            return false;
        }
    }

    private final class Judge implements CallJudge {
        @Override
        public void began(ToolUse use) {}

        @Override
        public void unanswered(String id) {
            heard.add("unanswered " + id);
        }

        @Override
        public void ended(ToolUse use, ToolCall call) {}

        @Override
        public void denied(ToolUse use, ToolCall call) {
            heard.add("denied " + call.tool() + " " + call.target());
        }

        @Override
        public int unguardedCalls() {
            return 0;
        }
    }
}
