package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.mediator.Coordinator.Decision;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Situation;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.Move.Tool;
import dev.orchestrator.task.TaskEvent.MediatorAsked;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaCoordinatorTest {
    private static final String CAN = "{\"capabilities\":[\"completion\",\"tools\"]}";
    private static final Situation BEGINNING =
            new Situation("# Prices\n\nShow euros.", true, List.of("Bash(ls)"), 3, false, "", "");
    private static final Situation IN_BETWEEN = new Situation(
            "# Prices\n\nShow euros.", true, List.of(), 2, true, "1. run_agent: Look.\n", "shop.txt:\n3 $");

    private final ManualTime time = new ManualTime();
    private final RecordingSink journal = new RecordingSink(time);
    private final Cancellation cancellation = new Cancellation();
    private FakeOllama ollama;

    @BeforeEach
    void start() throws IOException {
        ollama = new FakeOllama();
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    private Decision next(Situation situation) throws InterruptedException {
        return next(situation, Redactor.SHAPES_ONLY);
    }

    private Decision next(Situation situation, Redactor redactor) throws InterruptedException {
        return new OllamaCoordinator(ollama.model(time), redactor, journal, time)
                .next(situation, new Errand(new TaskId("t"), 1, cancellation));
    }

    private OllamaCoordinatorTest calls(String name, String arguments) throws IOException {
        ObjectNode line = Wire.MAPPER
                .createObjectNode()
                .put("model", "m")
                .put("done", true)
                .put("done_reason", "stop");
        ObjectNode message = line.putObject("message").put("role", "assistant").put("content", "");
        ObjectNode function =
                message.putArray("tool_calls").addObject().putObject("function").put("name", name);
        function.set("arguments", Wire.read(arguments));
        line.put("prompt_eval_count", 200).put("eval_count", 20);
        ollama.answers(200, line + "\n");
        return this;
    }

    private MediatorAsked asked() {
        List<MediatorAsked> asked = journal.events(MediatorAsked.class);
        return asked.get(asked.size() - 1);
    }

    private JsonNode question() throws Exception {
        JsonNode next = ollama.question();
        return next.has("messages") ? next : ollama.question();
    }

    @Test
    void it_says_by_a_tool_call_what_the_agent_is_to_do() throws Exception {
        ollama.answers(200, CAN);
        calls(
                "run_agent",
                "{\"instructions\":\" Find the price. \",\"read_only\":true,\"tools\":[\"Bash(ls)\",\"Bash(rm)\"]}");

        assertThat(next(BEGINNING))
                .isEqualTo(new Decision.Moves(new Move(Tool.RUN_AGENT, "Find the price.", true, List.of("Bash(ls)"))));

        JsonNode question = question();
        assertThat(question.at("/messages/1/content").asText())
                .contains("Show euros.", "may change files", "Runs of it that are left: 3", "Call one tool.");
        assertThat(question.path("tools").findValuesAsText("name"))
                .containsExactly("run_agent", "read_file", "give_up");
        assertThat(question.at("/tools/0/function/parameters/properties/tools/items/enum/0")
                        .asText())
                .isEqualTo("Bash(ls)");
        assertThat(question.at("/tools/0/function/parameters/required").toString())
                .isEqualTo("[\"instructions\"]");
        assertThat(question.has("format")).isFalse();
        assertThat(asked().purpose()).isEqualTo("coordinate");
        assertThat(asked().steps()).containsExactly("run_agent");
        assertThat(asked().promptTokens()).isEqualTo(200);
    }

    @Test
    void in_between_it_is_told_what_was_done_and_may_finish() throws Exception {
        ollama.answers(200, CAN);
        calls("finish", "{\"report\":\"Euros it is.\"}");

        assertThat(next(IN_BETWEEN)).isEqualTo(new Decision.Moves(Move.of(Tool.FINISH, "Euros it is.")));

        JsonNode question = question();
        assertThat(question.at("/messages/1/content").asText())
                .contains("What was done so far:\n1. run_agent: Look.", "brought to light:\nshop.txt:\n3 $");
        assertThat(question.path("tools").findValuesAsText("name"))
                .containsExactly("run_agent", "read_file", "last_result", "finish", "give_up");
    }

    @Test
    void an_agent_that_has_run_so_often_is_not_offered() throws Exception {
        ollama.answers(200, CAN);
        calls("finish", "{\"report\":\"Euros it is.\"}");

        next(new Situation("Show euros.", false, List.of(), 0, true, "", ""));

        assertThat(question().path("tools").findValuesAsText("name")).doesNotContain("run_agent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"read_file\",\"arguments\":{\"path\":\"shop.txt\"}}",
                "```json\n{\"function\":{\"name\":\"read_file\",\"arguments\":{\"path\":\"shop.txt\"}}}\n```",
                "I look at it: {\"name\":\"READ_FILE\",\"parameters\":\"{\\\"path\\\":\\\"shop.txt\\\"}\"}"
            })
    void a_call_that_was_written_down_counts_as_one(String content) throws Exception {
        ollama.answers(200, CAN);
        ollama.says(content);

        assertThat(next(BEGINNING)).isEqualTo(new Decision.Moves(Move.of(Tool.READ_FILE, "shop.txt")));
    }

    @Test
    void who_talks_is_reminded_once() throws Exception {
        ollama.answers(200, CAN);
        ollama.says("I would begin with the prices.");
        calls("read_file", "{\"path\":\"shop.txt\"}");

        assertThat(next(BEGINNING)).isEqualTo(new Decision.Moves(Move.of(Tool.READ_FILE, "shop.txt")));

        question();
        assertThat(ollama.question().at("/messages/2/content").asText()).startsWith("Call one of the tools");
        assertThat(asked().steps()).containsExactly("it called no tool", "read_file");
    }

    @Test
    void who_only_talks_makes_no_move() throws Exception {
        ollama.answers(200, CAN);
        ollama.says("I would begin with the prices.").says("Well, with the prices.");

        assertThat(next(BEGINNING)).isEqualTo(new Decision.Moves(Move.of(Tool.NONE, "it called no tool")));
        assertThat(asked().useful()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"run\"", "{\"instructions\":\"  \"}", "{\"instructions\":[1]}", "null"})
    void a_call_without_what_it_is_about_is_none(String arguments) throws Exception {
        ollama.answers(200, CAN);
        calls("run_agent", arguments);

        assertThat(next(BEGINNING))
                .isEqualTo(new Decision.Moves(Move.of(Tool.NONE, "run_agent was called without its argument")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"True\"", "\"yes\"", "1", "[true]"})
    void what_may_mean_that_nothing_is_to_be_changed_means_that(String readOnly) throws Exception {
        ollama.answers(200, CAN);
        calls("run_agent", "{\"instructions\":\"Look.\",\"read_only\":" + readOnly + "}");

        assertThat(next(BEGINNING)).isEqualTo(new Decision.Moves(new Move(Tool.RUN_AGENT, "Look.", true, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Bash(ls)\"|Bash(ls)",
                "\"[\\\"Bash(ls)\\\"]\"|Bash(ls)",
                "\"none\"|''",
                "{}|''",
                "false|''",
                "[1]|''"
            })
    void tools_that_are_named_otherwise_are_fewer_and_not_all(String tools, String left) throws Exception {
        ollama.answers(200, CAN);
        calls("run_agent", "{\"instructions\":\"Look.\",\"read_only\":\"false\",\"tools\":" + tools + "}");

        assertThat(next(BEGINNING))
                .isEqualTo(new Decision.Moves(
                        new Move(Tool.RUN_AGENT, "Look.", false, left.isEmpty() ? List.of() : List.of(left))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void tools_that_are_not_named_are_all(String tools) throws Exception {
        ollama.answers(200, CAN);
        calls("run_agent", "{\"instructions\":\"Look.\",\"tools\":" + tools + "}");

        assertThat(next(BEGINNING)).isEqualTo(new Decision.Moves(new Move(Tool.RUN_AGENT, "Look.", false, null)));
    }

    @Test
    void a_tool_that_there_is_not_is_none() throws Exception {
        ollama.answers(200, CAN);
        calls("rm_rf", "{\"path\":\"/\"}");

        assertThat(next(BEGINNING)).isEqualTo(new Decision.Moves(Move.of(Tool.NONE, "there is no tool rm_rf")));
    }

    @Test
    void a_model_that_cannot_use_tools_is_refused_and_never_asked() throws Exception {
        ollama.answers(200, "{\"capabilities\":[\"completion\"]}");

        Decision.Unable unable = (Decision.Unable) next(BEGINNING);

        assertThat(unable.problem()).isEqualTo("the model m cannot use tools, which a coordinator has to");
        assertThat(unable.remedy()).contains("ollama show", "remove `coordinator`");
        assertThat(ollama.asked()).isEqualTo(1);
    }

    @Test
    void a_server_that_says_nothing_of_capabilities_is_tried_and_may_say_so_itself() throws Exception {
        ollama.answers(200, "{}");
        ollama.answers(400, "{\"error\":\"registry.ollama.ai/library/m does not support tools\"}");

        assertThat(next(BEGINNING)).isInstanceOf(Decision.Unable.class);
    }

    @Test
    void a_model_that_is_not_there_is_a_setting_to_mend() throws Exception {
        ollama.answers(404, "{\"error\":\"model 'm' not found\"}");

        assertThat(next(BEGINNING)).isInstanceOf(Decision.Unable.class);
    }

    @Test
    void a_server_that_fails_may_be_back_later() throws Exception {
        ollama.answers(200, CAN);
        ollama.breaksOff().breaksOff();

        assertThat(next(BEGINNING)).isInstanceOf(Decision.Away.class);
        assertThat(asked().useful()).isFalse();
    }

    @Test
    void nobody_there_is_away() throws Exception {
        ollama.server.close();

        assertThat(next(BEGINNING)).isInstanceOf(Decision.Away.class);
    }

    @Test
    void who_does_not_wait_any_more_gets_no_answer() throws Exception {
        ollama.answers(200, CAN);
        cancellation.stop(Cancellation.Reason.CANCELLED);

        assertThat(next(BEGINNING)).isEqualTo(new Decision.Stopped());
    }

    @Test
    void what_does_not_fit_is_left_out_of_the_material_and_never_of_the_instructions() throws Exception {
        ollama.answers(200, CAN);
        calls("give_up", "{\"reason\":\"Too much.\"}");

        next(new Situation(
                "Begin. " + "task ".repeat(9_000),
                true,
                List.of(),
                3,
                true,
                "move\n".repeat(9_000),
                "file ".repeat(9_000)));

        JsonNode question = question();
        assertThat(question.at("/messages/0/content").asText())
                .startsWith("You lead a coding agent")
                .endsWith("is done.\n");
        assertThat(question.at("/messages/1/content").asText())
                .startsWith("The task:\nBegin.")
                .endsWith("Call one tool.");
        assertThat(PromptBudget.tokens(question.path("messages").toString() + question.path("tools")))
                .isLessThan(4_096 - Leading.ANSWER_TOKENS);
        assertThat(asked().steps().get(0)).contains("did not fit");
    }

    @Test
    void it_is_told_no_secrets() throws Exception {
        ollama.answers(200, CAN);
        calls("give_up", "{\"reason\":\"x\"}");
        String key = "sk-ant-api03-" + "a1B2".repeat(20);

        next(new Situation("Use " + key, true, List.of(), 3, true, "said " + key, "KEY=" + key));

        assertThat(question().toString()).doesNotContain("a1B2a1B2").contains("[redacted]");
    }

    @Test
    void whether_it_can_use_tools_is_asked_once() throws Exception {
        ollama.answers(200, CAN);
        OllamaCoordinator coordinator = new OllamaCoordinator(ollama.model(time), Redactor.SHAPES_ONLY, journal, time);
        for (int i = 0; i < 2; i++) {
            calls("read_file", "{\"path\":\"a\"}");
            coordinator.next(BEGINNING, new Errand(new TaskId("t"), 1, cancellation));
        }

        assertThat(ollama.asked()).isEqualTo(3);
        assertThat(journal.events(Event.class)).hasSize(2);
    }
}
