package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x\"}",
                "```json\n{\"a\":\"x\"}\n```",
                "Here you are: {\"a\":\"x\"} Anything else?",
                "  {\n \"a\" : \"x\" }  {\"a\":\"y\"}",
                "\uFEFF{\"a\":\"x\"}"
            })
    void the_first_object_counts_whatever_stands_around_it(String text) {
        assertThat(JsonText.object(text).orElseThrow().path("a").asText()).isEqualTo("x");
    }

    @Test
    void braces_and_quotes_within_texts_end_nothing() {
        assertThat(JsonText.object("{\"a\":\"}{ \\\" \\\\\",\"b\":{\"c\":1}}")
                        .orElseThrow()
                        .toString())
                .isEqualTo("{\"a\":\"}{ \\\" \\\\\",\"b\":{\"c\":1}}");
    }

    @Test
    void a_raw_line_break_within_a_text_is_let_pass() {
        assertThat(JsonText.object("{\"a\":\"one\ntwo\"}")
                        .orElseThrow()
                        .path("a")
                        .asText())
                .isEqualTo("one\ntwo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no object",
                "[1,2]",
                "{\"a\":\"x\"",
                "{\"a\":",
                "{\"{\"summary\"",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "}{"
            })
    void what_is_not_whole_or_says_a_thing_twice_is_none(String text) {
        assertThat(JsonText.object(text)).isEmpty();
    }

    @Test
    void a_deep_or_huge_one_is_none() {
        assertThat(JsonText.object("{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)))
                .isEmpty();
        assertThat(JsonText.object("{\"a\":\"" + "x".repeat(70_000) + "\"}")).isEmpty();
    }
}
