package dev.orchestrator.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    @Test
    void a_text_is_taken_without_colours_and_blanks_around_it() {
        Answer answer = Answer.of(AnswerForm.TEXT, "\n\u001B[32mdone\u001B[0m\r\nindeed\n\n");

        assertThat(answer.text()).isEqualTo("done\nindeed");
        assertThat(answer.isGood()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\u001B[32m\u001B[0m\n"})
    void nothing_is_no_answer(String printed) {
        assertThat(Answer.of(AnswerForm.TEXT, printed).isGood()).isFalse();
        assertThat(Answer.of(AnswerForm.JSON, printed).isGood()).isFalse();
    }

    @Test
    void of_a_long_text_the_end_counts() {
        String text = Answer.of(AnswerForm.TEXT, "x".repeat(300_000) + " and so the answer")
                .text();

        assertThat(text).startsWith("[...]\n").endsWith("the answer").hasSizeLessThan(100_100);
    }

    @Test
    void an_object_says_all_that_a_report_has() {
        Answer answer = Answer.of(
                AnswerForm.JSON,
                "{\"result\":\"done\",\"is_error\":false,\"session_id\":\"s1\",\"cost_usd\":0.125,"
                        + "\"usage\":{\"output_tokens\":7,\"input_tokens\":-1,\"x\":\"y\",\"z\":1.5}}\n");

        assertThat(answer.isGood()).isTrue();
        assertThat(answer.text()).isEqualTo("done");
        assertThat(answer.session()).isEqualTo("s1");
        assertThat(answer.cost()).isEqualByComparingTo("0.125");
        assertThat(answer.usage()).containsOnlyKeys("output_tokens").containsEntry("output_tokens", 7L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'is_error':true,'result':'no'} | no",
                "{'is_error':true,'error':'bad luck'} | bad luck",
                "{'result':'done','error':'bad luck'} | bad luck",
                "{'is_error':false,'result':'done','error':'bad luck'} | bad luck",
                "{'is_error':true} | ''",
                "{'error':{'code':7}} | '{\"code\":7}'"
            })
    void whoever_says_that_something_went_wrong_did_not_succeed(String json, String error) {
        Answer answer = Answer.of(AnswerForm.JSON, json.replace('\'', '"'));

        assertThat(answer.problem()).isNull();
        assertThat(answer.error()).isEqualTo(error.replace('\'', '"'));
        assertThat(answer.isGood()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "done",
                "[1]",
                "{\"result\":\"done\"",
                "{\"result\":\"done\"} {\"result\":\"done\"}",
                "Loading...\n{\"result\":\"done\"}",
                "{\"result\":7}",
                "{\"result\":\" \"}",
                "{}",
                "{\"result\":\"done\",\"is_error\":\"no\"}"
            })
    void what_is_not_one_object_with_a_result_is_no_answer(String printed) {
        Answer answer = Answer.of(AnswerForm.JSON, printed);

        assertThat(answer.problem()).isNotNull();
        assertThat(answer.isGood()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "\"\"", "{}", "[]"})
    void an_error_that_is_none_fails_nothing(String none) {
        assertThat(Answer.of(AnswerForm.JSON, "{\"result\":\"done\",\"error\":" + none + "}")
                        .isGood())
                .isTrue();
    }

    @Test
    void an_object_that_says_both_is_no_answer() {
        Answer answer = Answer.of(AnswerForm.JSON, "{\"is_error\":true,\"result\":\"done\",\"is_error\":false}");

        assertThat(answer.problem()).isNotNull();
        assertThat(answer.isGood()).isFalse();
    }

    @Test
    void a_mark_of_the_byte_order_and_a_name_of_the_window_are_no_part_of_an_answer() {
        assertThat(Answer.of(AnswerForm.JSON, "\uFEFF{\"result\":\"done\"}").isGood())
                .isTrue();
        assertThat(Answer.of(AnswerForm.TEXT, "\uFEFF\u001B]0;my agent\u0007done\u001B]2;x\u001B\\\n")
                        .text())
                .isEqualTo("done");
        assertThat(Answer.of(AnswerForm.TEXT, "\u001B]0;my agent\u0007\n").isGood())
                .isFalse();
    }

    @Test
    void what_is_kept_of_an_object_besides_its_result_is_short() {
        Answer answer = Answer.of(
                AnswerForm.JSON,
                "{\"result\":\"done\",\"session_id\":\"" + "s".repeat(1_000_000) + "\",\"usage\":{\""
                        + "k".repeat(40_000) + "\":1,\"output_tokens\":2}}");

        assertThat(answer.isGood()).isTrue();
        assertThat(answer.session()).isNull();
        assertThat(answer.usage()).containsOnlyKeys("output_tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"free\"", "1e400", "5e9", "null"})
    void a_cost_that_is_none_is_not_taken(String cost) {
        Answer answer = Answer.of(AnswerForm.JSON, "{\"result\":\"done\",\"cost_usd\":" + cost + "}");

        assertThat(answer.isGood()).isTrue();
        assertThat(answer.cost()).isNull();
    }
}
