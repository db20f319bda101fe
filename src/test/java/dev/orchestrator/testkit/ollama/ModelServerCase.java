package dev.orchestrator.testkit.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A test that speaks to a {@link TinyModelServer} of its class as the daemon will. */
abstract class ModelServerCase {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String SCHEMA = """
            {"type":"object","properties":{"type":{"enum":["analyze","bug_fix","code_review","custom","documentation",\
            "summarize"]},"title":{"type":"string","maxLength":80},"files":{"type":"array","items":{"type":"string",\
            "maxLength":200},"maxItems":20}},"required":["type","title","files"],"additionalProperties":false}""";
    static TinyModelServer server;
    final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = TinyModelServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    static ObjectNode asked(String text) throws IOException {
        ObjectNode request =
                JSON.createObjectNode().put("model", server.model()).put("stream", false);
        request.putArray("messages")
                .add(message("system", "You sort requests of programmers."))
                .add(message("user", text + "\n\nAnswer with one JSON object: type, title, files."));
        request.set("format", JSON.readTree(SCHEMA));
        request.putObject("options").put("temperature", 0).put("seed", 7).put("num_predict", 400);
        return request;
    }

    static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }

    JsonNode chat(ObjectNode request) throws Exception {
        HttpResponse<String> response = post("/api/chat", request.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    String refused(String body) throws Exception {
        HttpResponse<String> response = post("/api/chat", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        return error(response);
    }

    static String content(JsonNode answer) {
        return answer.path("message").path("content").asText();
    }

    static String error(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).path("error").asText();
    }

    static List<JsonNode> lines(String body) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : body.split("\n")) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    HttpResponse<String> get(String path) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(server.url().resolve(path)).build();
        return client.send(get, BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    static HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
