package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

/** A server that says, in order, what a test has it say. */
final class FakeOllama implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(20);

    final MockWebServer server = new MockWebServer();
    final OllamaClient client;

    FakeOllama() throws IOException {
        this(new OllamaClient.Patience(LONG, LONG, LONG, LONG));
    }

    FakeOllama(OllamaClient.Patience patience) throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = new OllamaClient(OllamaAddress.parse(server.url("").toString()), patience);
    }

    LocalModel model(TimeSource time) {
        return model(2, LONG, time);
    }

    LocalModel model(int parallel, Duration queue, TimeSource time) {
        return new LocalModel(
                client,
                new LocalModel.Profile("m", 4_096, Duration.ofMinutes(10), parallel, queue),
                RandomGenerator.of("L64X128MixRandom"),
                time);
    }

    FakeOllama says(String content) {
        return says(content, "", "stop");
    }

    FakeOllama says(String content, String thinking, String reason) {
        ObjectNode line = Wire.MAPPER
                .createObjectNode()
                .put("model", "m")
                .put("done", true)
                .put("done_reason", reason);
        line.putObject("message")
                .put("role", "assistant")
                .put("content", content)
                .put("thinking", thinking);
        line.put("prompt_eval_count", 200).put("eval_count", 20).put("load_duration", 5_000_000L);
        return answers(200, line + "\n");
    }

    FakeOllama answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
        return this;
    }

    FakeOllama breaksOff() {
        return answers(200, "{\"message\":{\"content\":\"{\"},\"done\":false}\n");
    }

    int asked() {
        return server.getRequestCount();
    }

    /** The next question that came, as it was sent. */
    JsonNode question() throws InterruptedException, JsonProcessingException {
        return Wire.read(server.takeRequest().getBody().utf8());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
