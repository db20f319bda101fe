package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays the API on this machine, with a model that calls some tools in a row and is done: for trying what the program does,
 * without an account, a cost or a word that leaves the machine. Which call comes next is told by the request alone.
 */
final class PlayedModel implements AutoCloseable {
    private final HttpServer server;
    private final List<Call> calls;

    /** One call of a tool. */
    record Call(String tool, Map<String, Object> input) {}

    private PlayedModel(HttpServer server, List<Call> calls) {
        this.server = server;
        this.calls = List.copyOf(calls);
    }

    static PlayedModel start(List<Call> calls) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PlayedModel model = new PlayedModel(server, calls);
        server.createContext("/", model::handle);
        server.start();
        return model;
    }

    /** What the program is told to ask instead of the API. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!"POST".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            JsonNode request = Json.full().readTree(exchange.getRequestBody());
            boolean counts = exchange.getRequestURI().getPath().endsWith("/count_tokens");
            String answer = counts ? "{\"input_tokens\":1}" : turn(request);
            exchange.getResponseHeaders().set("Content-Type", counts ? "application/json" : "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String turn(JsonNode request) {
        int done = 0;
        for (JsonNode message : request.path("messages")) {
            for (JsonNode block : message.path("content")) {
                done += "tool_result".equals(block.path("type").asText()) ? 1 : 0;
            }
        }
        boolean over = done >= calls.size();
        Map<String, Object> block = over
                ? Map.of("type", "text", "text", "")
                : Map.of(
                        "type",
                        "tool_use",
                        "id",
                        "toolu_" + done,
                        "name",
                        calls.get(done).tool(),
                        "input",
                        Map.of());
        Map<String, Object> delta = over
                ? Map.of("type", "text_delta", "text", "Done.")
                : Map.of(
                        "type",
                        "input_json_delta",
                        "partial_json",
                        Json.text(Json.full().writer(), calls.get(done).input()));
        return event("message_start", Map.of("message", message(request, done)))
                + event("content_block_start", Map.of("index", 0, "content_block", block))
                + event("content_block_delta", Map.of("index", 0, "delta", delta))
                + event("content_block_stop", Map.of("index", 0))
                + event(
                        "message_delta",
                        Map.of(
                                "delta",
                                Map.of("stop_reason", over ? "end_turn" : "tool_use"),
                                "usage",
                                Map.of("output_tokens", 1)))
                + event("message_stop", Map.of());
    }

    private static Map<String, Object> message(JsonNode request, int number) {
        return Map.of(
                "id",
                "msg_" + number,
                "type",
                "message",
                "role",
                "assistant",
                "model",
                request.path("model").asText("played"),
                "content",
                List.of(),
                "usage",
                Map.of("input_tokens", 1, "output_tokens", 1));
    }

    private static String event(String type, Map<String, Object> fields) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", type);
        data.putAll(fields);
        return "event: " + type + "\ndata: " + Json.text(Json.full().writer(), data) + "\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
