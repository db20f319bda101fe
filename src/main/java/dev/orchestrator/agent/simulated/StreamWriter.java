package dev.orchestrator.agent.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Writes {@code stream-json}, one object a line, in the shapes of the real program (version 2.1.330). Costs and tokens are
 * 0, because no model is asked. Sample (cut):
 *
 * <pre>
 * {"type":"system","subtype":"init","cwd":"...","session_id":"...","tools":["Read"],"model":"simulated"}
 * {"type":"assistant","message":{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"Read"}]}}
 * {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1"}]}}
 * {"type":"result","subtype":"success","is_error":false,"result":"[simulated] ...","terminal_reason":"completed"}
 * </pre>
 */
final class StreamWriter {
    static final String NAME = "simulated";

    private final OutputStream out;
    private final Path directory;
    private final String sessionId;
    private final ArrayNode denials = Json.full().createArrayNode();
    private int lines;
    private int turns;

    StreamWriter(OutputStream out, Path directory, String sessionId) {
        this.out = out;
        this.directory = directory;
        this.sessionId = sessionId;
    }

    void init(List<String> tools) throws IOException {
        ObjectNode line = line("system").put("subtype", "init").put("cwd", directory.toString());
        tools.forEach(line.putArray("tools")::add);
        line.putArray("mcp_servers");
        line.put("model", NAME).put("permissionMode", "dontAsk").put("apiKeySource", "none");
        write(line.put("claude_code_version", NAME).put("output_style", "default"));
    }

    /** Announces a call and answers its id. */
    String call(String tool, ObjectNode input) throws IOException {
        String id = "toolu_" + NAME + "_" + (turns + 1);
        ObjectNode block = Json.full().createObjectNode();
        block.put("type", "tool_use").put("id", id).put("name", tool).set("input", input);
        assistant(block);
        return id;
    }

    void returned(String id, String content) throws IOException {
        user(toolResult(id, content));
    }

    void denied(String id, String tool, ObjectNode input) throws IOException {
        String message = "Permission to use " + tool + " has been denied because no rule of this run allows it.";
        ObjectNode line = line("system").put("subtype", "permission_denied").put("tool_name", tool);
        write(line.put("tool_use_id", id).put("decision_reason_type", "mode").put("message", message));
        user(toolResult(id, message).put("is_error", true));
        denials.addObject().put("tool_name", tool).put("tool_use_id", id).set("tool_input", input);
    }

    /** The last words, and the result that ends the stream. */
    void finish(String report) throws IOException {
        String text = "[" + NAME + "] " + report;
        assistant(Json.full().createObjectNode().put("type", "text").put("text", text));
        ObjectNode line = line("result").put("subtype", "success").put("is_error", false);
        line.put("num_turns", turns).put("result", text).put("stop_reason", "end_turn");
        line.put("total_cost_usd", 0).set("usage", noTokens());
        line.putObject("modelUsage");
        line.set("permission_denials", denials);
        write(line.put("terminal_reason", "completed"));
    }

    private void assistant(ObjectNode block) throws IOException {
        turns++;
        ObjectNode line = line("assistant");
        ObjectNode message = line.putObject("message").put("id", "msg_" + NAME + "_" + turns);
        message.put("type", "message").put("role", "assistant").put("model", NAME);
        message.putArray("content").add(block);
        message.set("usage", noTokens());
        write(line);
    }

    private void user(ObjectNode block) throws IOException {
        ObjectNode line = line("user");
        line.putObject("message").put("role", "user").putArray("content").add(block);
        write(line);
    }

    private static ObjectNode toolResult(String id, String content) {
        ObjectNode block = Json.full().createObjectNode();
        return block.put("tool_use_id", id).put("type", "tool_result").put("content", content);
    }

    private static ObjectNode noTokens() {
        return Json.full().createObjectNode().put("input_tokens", 0).put("output_tokens", 0);
    }

    private ObjectNode line(String type) {
        return Json.full().createObjectNode().put("type", type);
    }

    private void write(ObjectNode line) throws IOException {
        lines++;
        String name = sessionId + "/" + lines;
        line.put("session_id", sessionId);
        line.put(
                "uuid",
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
