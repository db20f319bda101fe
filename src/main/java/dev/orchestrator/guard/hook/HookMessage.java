package dev.orchestrator.guard.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.orchestrator.guard.ToolUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> WANTED =
            Set.of("tool_use_id", "tool_name", "cwd", "hook_event_name", "transcript_path", "session_id");

    /**
     * Longer than any path or command that is understood. Who asks may be a command that found the address, and wants the memory
     * of the daemon rather than an answer; of a message only this much is kept.
     */
    private static final int LONGEST_TEXT = 1 << 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> input = new HashMap<>();

    private HookMessage() {}

    /** Empty when it is not one: no JSON, not before a call, or without what is needed to decide. */
    static Optional<ToolUse> read(InputStream body) {
        HookMessage message = new HookMessage();
        try (JsonParser json = JSON.createParser(body)) {
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
            if (value == JsonToken.VALUE_STRING && WANTED.contains(name)) {
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
