package dev.orchestrator.mediator.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.mediator.ollama.OllamaFailure.Kind;
import java.io.IOException;
import java.util.Random;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTest {
    private static final String BEGIN = said("x", false);
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        ":",
        ",",
        "\n",
        "\r\n",
        " ",
        "null",
        "true",
        "-1e999",
        "9".repeat(30),
        "\\u12",
        "\\ud83d",
        "\"message\":",
        "\"content\":",
        "\"thinking\":",
        "\"tool_calls\":",
        "\"done\":",
        "\"error\":",
        "\"eval_count\":",
        "\u00e9",
        "\u0000",
        "\"done_reason\":",
        "{\"message\":{\"content\":\"a\"}}\n",
        "{\"done\":true}\n",
        "{\"message\":[[[[{}]]]],\"done\":false}\n"
    };

    private static String said(String content, boolean done) {
        JsonNode text = Wire.MAPPER.getNodeFactory().textNode(content);
        return "{\"message\":{\"content\":" + text + "},\"done\":" + done + "}\n";
    }

    private static Reply<ChatAnswer> read(Buffer bytes) throws IOException {
        return new ChatStream(OllamaAddress.parse("")).read(bytes);
    }

    private static Reply<ChatAnswer> read(String text) throws IOException {
        return read(new Buffer().writeUtf8(text));
    }

    private static OllamaFailure failure(String text) throws IOException {
        Reply<ChatAnswer> reply = read(text);
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed<ChatAnswer>) reply).failure();
    }

    private static ChatAnswer answer(String text) throws IOException {
        Reply<ChatAnswer> reply = read(text);
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        return ((Reply.Answered<ChatAnswer>) reply).value();
    }

    @Test
    void bytes_are_counted_and_not_characters() {
        String line = said("\u6f22".repeat(10_000), false);
        assertThat(line.repeat(150).getBytes(UTF_8)).hasSizeGreaterThan((int) Transport.LARGEST_ANSWER);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(line.repeat(150) + said("", true)));
    }

    @Test
    void lines_without_anything_in_them_count_too() {
        String flood = "\n".repeat((int) Transport.LARGEST_ANSWER + 1);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(BEGIN + flood + said("", true)));
    }

    @Test
    void as_much_as_is_allowed_is_read() throws IOException {
        String end = said("", true);
        String around = said("", false);
        int room = (int) Transport.LARGEST_ANSWER - end.length() - around.length();
        assertThat(answer(said("x".repeat(room), false) + end).content()).hasSize(room);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(said("x".repeat(room + 1), false) + end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "[]", "\"x\"", "null", "true", "{}", "{\"hello\":1}", "{\"choices\":[]}"})
    void json_that_says_nothing_of_an_answer_is_somebody_else_or_a_fault(String line) throws IOException {
        assertThat(failure(line + "\n").kind()).isEqualTo(Kind.NOT_OLLAMA);
        assertThat(failure(BEGIN + line + "\n" + said("", true)).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void an_error_of_any_form_is_told_and_none_is_none() throws IOException {
        assertThat(failure("{\"error\":\"out of memory\"}\n").message()).endsWith("out of memory");
        assertThat(failure(BEGIN + "{\"error\":{\"message\":\"out of memory\"}}\n")
                        .message())
                .contains("out of memory");
        assertThat(answer("{\"error\":null,\"message\":{\"content\":\"x\"},\"done\":true}")
                        .content())
                .isEqualTo("x");
    }

    @Test
    void what_should_be_a_number_or_a_text_may_be_anything() throws IOException {
        ChatAnswer answer = answer("{\"message\":{\"content\":null,\"thinking\":[1],\"tool_calls\":null},\"done\":true,"
                + "\"done_reason\":null,\"eval_count\":\"many\",\"prompt_eval_count\":-5,\"total_duration\":1e300,"
                + "\"load_duration\":{}}");
        assertThat(answer.content()).isEmpty();
        assertThat(answer.thinking()).isEmpty();
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.doneReason()).isEmpty();
        assertThat(answer.usage().promptTokens()).isZero();
        assertThat(answer.usage().answerTokens()).isZero();
    }

    @Test
    void however_a_text_is_cut_into_lines_it_is_the_same() throws IOException {
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            String text = random.ints(random.nextInt(400), 0, 0x2_0000)
                    .filter(point -> point < 0xD800 || point > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            StringBuilder lines = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(7));
                end = end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
                lines.append(said(text.substring(at, end), false)).append("\r\n".substring(random.nextInt(3)));
                at = end;
            }
            assertThat(answer(lines + said("", true)).content())
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    @Test
    void whatever_comes_is_an_answer_or_a_failure() {
        for (int seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            Buffer bytes = new Buffer();
            for (int left = random.nextInt(30); left > 0; left--) {
                if (random.nextInt(10) == 0) {
                    bytes.writeByte(random.nextInt(256));
                } else {
                    bytes.writeUtf8(PIECES[random.nextInt(PIECES.length)]);
                }
            }
            String sent = bytes.clone().readUtf8();
            try {
                Reply<ChatAnswer> reply = read(bytes);
                assertThat(reply instanceof Reply.Failed || sent.contains("\"done\":"))
                        .as("seed %d: %s", seed, sent)
                        .isTrue();
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + sent, e);
            }
        }
    }
}
