package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    @Test
    void an_object_is_found_in_whatever_stands_around_it_unless_that_has_a_brace() {
        for (int seed = 1; seed <= 10_000; seed++) {
            Random random = new Random(seed);
            ObjectNode object = object(random, 0);
            String text = noise(random).replace("{", "(") + object + noise(random);
            assertThat(JsonText.object(text)).as("seed %d: %s", seed, text).contains(object);
        }
    }

    @Test
    void whatever_comes_is_an_object_or_none() {
        for (int seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            String text = random.nextBoolean()
                    ? noise(random)
                    : broken(object(random, 0).toString(), random);
            try {
                assertThat(JsonText.object(text).map(JsonNode::isObject).orElse(true))
                        .isTrue();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "{\"", "}", "{\\", "[", "{\"a\":[", "{\"a\":1e9", "\""})
    @Timeout(20)
    void a_flood_takes_no_long_time(String piece) {
        JsonText.object(piece.repeat((int) Transport.LARGEST_ANSWER / piece.length()));
        JsonText.object("{\"a\":" + piece.repeat((int) Transport.LARGEST_ANSWER / piece.length()) + "}");
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = Wire.MAPPER.createObjectNode();
        for (int left = random.nextInt(4); left > 0; left--) {
            String name = noise(random);
            switch (random.nextInt(depth < 4 ? 5 : 3)) {
                case 0 -> object.put(name, noise(random));
                case 1 -> object.put(name, random.nextInt());
                case 2 -> object.put(name, random.nextBoolean());
                case 3 -> object.putArray(name).add(object(random, depth + 1)).add(noise(random));
                default -> object.set(name, object(random, depth + 1));
            }
        }
        return object;
    }

    private static String noise(Random random) {
        String[] pieces = {
            "{",
            "}",
            "\"",
            "\\",
            "[",
            "]",
            ":",
            ",",
            "`",
            "json",
            "\n",
            "\u0000",
            "\u00fc",
            "\ud83d\ude00",
            "1",
            "a",
            " "
        };
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(8); left > 0; left--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static String broken(String text, Random random) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + noise(random) + text.substring(Math.min(text.length(), at + random.nextInt(3)));
    }
}
