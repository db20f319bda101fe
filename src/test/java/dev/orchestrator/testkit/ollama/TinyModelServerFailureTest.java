package dev.orchestrator.testkit.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

@Tag("model")
class TinyModelServerFailureTest extends ModelServerCase {
    /** An answer of thousands of tokens. */
    private static final String ENDLESS_SCHEMA =
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"minLength\":5},\"minItems\":5000}";

    @Test
    void a_prompt_that_is_too_long_is_refused_if_it_must_not_be_cut() throws Exception {
        ObjectNode request = asked("Fix the login. ".repeat(200)).put("shift", false);

        HttpResponse<String> response = post("/api/chat", request.toString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).startsWith("the prompt is longer than the context length currently available");
    }

    @Test
    void what_is_not_there_is_404() throws Exception {
        HttpResponse<String> unknown = post("/api/chat", "{\"model\":\"other\",\"messages\":[]}");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(error(unknown)).isEqualTo("model 'other' not found");
        assertThat(post("/api/chat", "{\"model\":\"other\",\"think\":true}").statusCode())
                .isEqualTo(404);
        assertThat(post("/api/show", "{\"model\":\"other\"}").statusCode()).isEqualTo(404);
        assertThat(get("/v2/chat").body()).isEqualTo("404 page not found");
    }

    @Test
    void a_bad_request_is_400_and_says_why() throws Exception {
        assertThat(refused("")).isEqualTo("missing request body");
        assertThat(refused("{\"model\":")).isNotBlank();
        assertThat(refused("[]")).startsWith("json: cannot unmarshal");
        assertThat(refused("{}")).isEqualTo("model is required");
        assertThat(refused("{\"model\":\"ato-tiny\",\"messages\":\"x\"}")).contains("messages");
        assertThat(refused("{\"model\":\"ato-tiny\",\"options\":{\"num_ctx\":\"8192\"}}"))
                .isEqualTo("option \"num_ctx\" must be of type integer");
        assertThat(refused("{\"model\":\"ato-tiny\",\"think\":true}"))
                .isEqualTo("\"ato-tiny\" does not support thinking");
        assertThat(refused("{\"model\":\"ato-tiny\",\"keep_alive\":\"300\"}")).contains("duration");
    }

    @Test
    void a_schema_that_llama_cpp_cannot_turn_into_a_grammar_is_refused_and_harms_nobody() throws Exception {
        for (String schema : List.of("{\"type\":\"nonsense\"}", "{\"properties\":{\"a\":{\"$ref\":\"#/x\"}}}")) {
            ObjectNode request = asked("Fix the login");
            request.set("format", JSON.readTree(schema));
            assertThat(refused(request.toString())).startsWith("failed to parse grammar");
        }
        assertThat(post("/api/chat", asked("x").put("format", "xml").toString()).statusCode())
                .isEqualTo(500);
    }

    @Test
    void a_client_that_goes_away_ends_the_generation() throws Exception {
        ObjectNode request = asked("Fix the login").put("stream", true);
        request.set("format", JSON.readTree(ENDLESS_SCHEMA));
        request.withObject("options").put("num_predict", -1);
        HttpResponse<InputStream> response =
                client.send(request("/api/chat", request.toString()), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)).readLine())
                    .contains("\"done\":false");
        }

        Await.until(Duration.ofSeconds(20), () -> server.log().contains(TinyOllama.CLIENT_GONE));
        assertThat(chat(asked("Fix the login")).path("done").asBoolean()).isTrue();
    }

    @Test
    void a_killed_server_ends_the_stream_without_done() throws Exception {
        try (TinyModelServer victim = TinyModelServer.start()) {
            ObjectNode request = asked("Fix the login").put("stream", true);
            request.set("format", JSON.readTree(ENDLESS_SCHEMA));
            URI address = victim.url().resolve("/api/chat");
            HttpRequest post = HttpRequest.newBuilder(address)
                    .POST(BodyPublishers.ofString(request.toString()))
                    .build();
            try (InputStream body =
                    client.send(post, BodyHandlers.ofInputStream()).body()) {
                assertThat(body.read()).isPositive();
                victim.kill();
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> client.send(post, BodyHandlers.ofString())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void a_server_that_cannot_start_skips_the_test_aloud_but_fails_in_ci(@TempDir Path directory) throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.gguf"), "GGUF");

        assertThatThrownBy(() -> TinyModelServer.start(broken, true)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> TinyModelServer.start(broken, false)).isInstanceOf(TestAbortedException.class);
    }
}
