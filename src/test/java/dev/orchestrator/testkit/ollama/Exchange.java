package dev.orchestrator.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One HTTP request and its answer, in one piece or line by line. */
final class Exchange {
    private final HttpExchange http;
    private boolean streaming;

    Exchange(HttpExchange http) {
        this.http = http;
    }

    /** {@code POST /api/chat}. */
    String route() {
        return http.getRequestMethod() + " " + http.getRequestURI().getPath();
    }

    byte[] body() throws IOException {
        return http.getRequestBody().readAllBytes();
    }

    void json(int status, JsonNode body) throws IOException {
        send(status, "application/json; charset=utf-8", body.toString());
    }

    void text(int status, String text) throws IOException {
        send(status, "text/plain; charset=utf-8", text);
    }

    void head() throws IOException {
        http.sendResponseHeaders(200, -1);
    }

    /** The status line goes with the first line, so that what fails before has a status of its own. */
    void line(JsonNode body) throws IOException {
        if (!streaming) {
            http.getResponseHeaders().set("Content-Type", "application/x-ndjson");
            http.sendResponseHeaders(200, 0);
            streaming = true;
        }
        http.getResponseBody().write((body + "\n").getBytes(StandardCharsets.UTF_8));
        http.getResponseBody().flush();
    }

    void error(int status, String message) throws IOException {
        if (streaming) {
            line(Answers.error(message));
        } else {
            json(status, Answers.error(message));
        }
    }

    private void send(int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
    }
}
