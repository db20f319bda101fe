package dev.orchestrator.agent.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks before each call of a tool, as the settings say, and as the real program does: without an answer its own rules hold. */
final class Guard {
    private static final int PATIENCE_MILLIS = 10_000;

    private final String url;
    private final Path directory;
    private final String sessionId;

    /** @param settings of the run; {@code directory} is where it works */
    Guard(JsonNode settings, Path directory, String sessionId) {
        this.url = settings.at("/hooks/PreToolUse/0/hooks/0/url").asText();
        this.directory = directory;
        this.sessionId = sessionId;
    }

    /** True when somebody answered, and said no. */
    boolean refuses(String id, String tool, JsonNode input) {
        if (url.isEmpty()) {
            return false;
        }
        ObjectNode question = Json.full().createObjectNode();
        question.put("session_id", sessionId)
                .put("cwd", directory.toString())
                .put("hook_event_name", "PreToolUse")
                .put("tool_name", tool)
                .put("tool_use_id", id)
                .set("tool_input", input);
        try {
            return "deny"
                    .equals(asked(question)
                            .at("/hookSpecificOutput/permissionDecision")
                            .asText());
        } catch (IOException e) {
            return false;
        }
    }

    private JsonNode asked(JsonNode question) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(question.toString().getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream in = connection.getInputStream()) {
            return Json.full().readTree(in);
        } finally {
            connection.disconnect();
        }
    }
}
