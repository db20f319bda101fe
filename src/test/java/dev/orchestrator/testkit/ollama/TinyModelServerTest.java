package dev.orchestrator.testkit.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("model")
class TinyModelServerTest extends ModelServerCase {
    private static final List<String> TYPES =
            List.of("analyze", "bug_fix", "code_review", "custom", "documentation", "summarize");

    @Test
    void it_says_that_it_runs() throws Exception {
        assertThat(get("/").body()).isEqualTo("Ollama is running");
        HttpRequest head = HttpRequest.newBuilder(server.url())
                .method("HEAD", BodyPublishers.noBody())
                .build();
        assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(get("/api/version").body()).path("version").asText())
                .startsWith("0.");
    }

    @Test
    void the_model_is_listed_with_tag_and_digest() throws Exception {
        JsonNode model = JSON.readTree(get("/api/tags").body()).path("models").path(0);

        assertThat(model.path("name").asText()).isEqualTo(server.model());
        assertThat(model.path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(model.path("size").asLong()).isEqualTo(Files.size(TinyModelServer.MODEL));
        assertThat(model.path("details").path("format").asText()).isEqualTo("gguf");
    }

    @Test
    void show_tells_the_context_and_the_capabilities() throws Exception {
        JsonNode shown =
                JSON.readTree(post("/api/show", "{\"model\":\"ATO-tiny\"}").body());

        assertThat(shown.path("model_info").path("llama.context_length").asInt())
                .isEqualTo(1024);
        assertThat(shown.path("model_info").path("general.parameter_count").asInt())
                .isEqualTo(283_488);
        assertThat(shown.path("capabilities").toString()).isEqualTo("[\"completion\"]");
    }

    @Test
    void answers_hold_to_the_schema() throws Exception {
        List<HeldOut> requests = HeldOut.all();
        for (int number = 0; number < requests.size(); number += 8) {
            JsonNode answer = chat(asked(requests.get(number).text()));

            assertThat(answer.path("done_reason").asText()).isEqualTo("stop");
            JsonNode content =
                    JSON.readTree(answer.path("message").path("content").asText());
            assertThat(content.path("type").asText()).isIn(TYPES);
            assertThat(content.path("title").isTextual()).isTrue();
            assertThat(content.path("files").isArray()).isTrue();
            assertThat(content.size()).isEqualTo(3);
        }
    }

    @Test
    void a_plain_request_is_understood() throws Exception {
        JsonNode content = JSON.readTree(chat(asked("# Fix the parser\nIt crashes on empty input. See src/parser.py."))
                .path("message")
                .path("content")
                .asText());

        assertThat(content.toString())
                .isEqualTo("{\"type\":\"bug_fix\",\"title\":\"Fix the parser\",\"files\":[\"src/parser.py\"]}");
    }

    @Test
    void at_temperature_zero_the_answer_is_always_the_same() throws Exception {
        String first = content(chat(asked("Why is the nightly build so slow?")));
        chat(asked("Please review src/app/Router.java"));

        assertThat(content(chat(asked("Why is the nightly build so slow?")))).isEqualTo(first);
    }

    @Test
    void a_stream_ends_with_counters_and_adds_up_to_the_whole_answer() throws Exception {
        ObjectNode request = asked("Summarize docs/notes.md");
        String whole = content(chat(request));
        request.remove("stream");

        HttpResponse<String> response = post("/api/chat", request.toString());

        assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson");
        List<JsonNode> lines = lines(response.body());
        assertThat(String.join("", lines.stream().map(ModelServerCase::content).toList()))
                .isEqualTo(whole);
        JsonNode last = lines.get(lines.size() - 1);
        assertThat(last.path("done").asBoolean()).isTrue();
        assertThat(last.path("eval_count").asInt()).isEqualTo(whole.length());
        assertThat(last.path("prompt_eval_count").asInt()).isGreaterThan(70);
        assertThat(lines.subList(0, lines.size() - 1))
                .noneMatch(line -> line.path("done").asBoolean());
    }

    @Test
    void json_without_a_schema_is_json() throws Exception {
        ObjectNode request = asked("Document the exporter.").put("format", "json");

        assertThat(JSON.readTree(content(chat(request))).isObject()).isTrue();
    }

    @Test
    void a_limit_cuts_the_answer() throws Exception {
        ObjectNode request = asked("Fix the login");
        request.withObject("options").put("num_predict", 20);

        JsonNode answer = chat(request);

        assertThat(answer.path("done_reason").asText()).isEqualTo("length");
        assertThat(answer.path("eval_count").asInt()).isEqualTo(20);
        assertThat(content(answer)).hasSize(20);
    }

    @Test
    void a_prompt_that_is_too_long_is_cut_in_silence() throws Exception {
        JsonNode answer = chat(asked("Fix the login. ".repeat(200)));

        // 5 tokens of the beginning and half of the others that fit into 1024.
        assertThat(answer.path("prompt_eval_count").asInt()).isBetween(500, 520);
        assertThat(answer.path("done").asBoolean()).isTrue();
    }

    @Test
    void old_messages_go_first() throws Exception {
        ObjectNode request = asked("Fix the login");
        request.withArray("messages").insertObject(1).put("role", "user").put("content", "Review it. ".repeat(200));

        assertThat(chat(request).path("prompt_eval_count").asInt()).isLessThan(200);
    }

    @Test
    void a_smaller_context_is_honoured() throws Exception {
        ObjectNode request = asked("Fix the login. ".repeat(20));
        request.withObject("options").put("num_ctx", 256);

        assertThat(chat(request).path("prompt_eval_count").asInt()).isBetween(125, 135);
        assertThat(JSON.readTree(get("/api/ps").body())
                        .path("models")
                        .path(0)
                        .path("context_length")
                        .asInt())
                .isEqualTo(256);
    }

    @Test
    void no_message_loads_the_model_or_unloads_it() throws Exception {
        ObjectNode empty = JSON.createObjectNode().put("model", server.model()).put("keep_alive", "10m");

        assertThat(chat(empty).path("done_reason").asText()).isEqualTo("load");
        assertThat(chat(empty.put("keep_alive", 0)).path("done_reason").asText())
                .isEqualTo("unload");
        assertThat(JSON.readTree(get("/api/ps").body()).path("models")).isEmpty();
    }

    @Test
    void think_false_and_unknown_options_are_accepted() throws Exception {
        ObjectNode request = asked("Fix the login").put("think", false);
        request.withObject("options").put("no_such_option", "x");

        assertThat(chat(request).path("done").asBoolean()).isTrue();
    }
}
