package dev.orchestrator.guard.hook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the CLI asks before a call of a tool. Sample (2.1.330, cut):
 *
 * <pre>
 * {"session_id":"9e04...","transcript_path":"/home/me/.claude/projects/-repo/9e04....jsonl","cwd":"/repo",
 *  "permission_mode":"dontAsk","hook_event_name":"PreToolUse","tool_name":"Write",
 *  "tool_input":{"file_path":"/repo/a.txt","content":"..."},"tool_use_id":"toolu_01"}
 * </pre>
 *
 * A file's new content may be megabytes long and is passed over.
 */
final class HookMessage {
    private static final String RECORD = ".jsonl";

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> input = new HashMap<>();

    private HookMessage() {}

    /** Empty when it is not one: no JSON, not before a call, or without what is needed to decide. */
    static Optional<ToolUse> read(InputStream body) {
        HookMessage message = new HookMessage();
        try (JsonParser json = Json.full().getFactory().createParser(body)) {
            return json.nextToken() == JsonToken.START_OBJECT
                    ? message.fields(json).toolUse()
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private HookMessage fields(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                texts.put(name, json.getText());
            } else if (value == JsonToken.START_OBJECT && "tool_input".equals(name)) {
                input(json);
            } else {
                json.skipChildren();
            }
        }
        return this;
    }

    private void input(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING && ToolUse.isDecisive(name)) {
                input.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    private Optional<ToolUse> toolUse() {
        String id = texts.get("tool_use_id");
        String tool = texts.get("tool_name");
        String cwd = texts.get("cwd");
        if (id == null || tool == null || cwd == null || !"PreToolUse".equals(texts.get("hook_event_name"))) {
            return Optional.empty();
        }
        return Optional.of(new ToolUse(id, tool, input, Path.of(cwd), notes()));
    }

    /** Beside the record of the session lies a directory of its name; outputs that are too long to be told are put there. */
    private @Nullable Path notes() {
        String record = texts.get("transcript_path");
        String session = texts.get("session_id");
        if (record == null || session == null || !record.endsWith(session + RECORD)) {
            return null;
        }
        return Path.of(record.substring(0, record.length() - RECORD.length())).resolve("tool-results");
    }
}
