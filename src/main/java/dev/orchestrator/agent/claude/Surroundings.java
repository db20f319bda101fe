package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.guard.ToolUse;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is, as its first line says.
 *
 * @param cwd where it works
 * @param sessionId part of the names of the directories where it keeps outputs that are too long to be told
 */
record Surroundings(Path cwd, String sessionId) {
    static final Surroundings UNKNOWN = new Surroundings(Path.of(""), "");
    /** No path and no command that anybody grants is as long. */
    private static final int LONGEST_INPUT = 64 * 1024;

    /** @param line of type {@code system}, subtype {@code init} */
    Surroundings init(JsonNode line) {
        try {
            return new Surroundings(
                    Path.of(line.path("cwd").asText()), line.path("session_id").asText());
        } catch (InvalidPathException e) {
            return this;
        }
    }

    /** A call as the guard sees it. */
    ToolUse use(String id, String tool, JsonNode input) {
        Map<String, String> decisive = new HashMap<>();
        input.properties().forEach(parameter -> {
            String text = parameter.getValue().asText();
            if (parameter.getValue().isTextual() && ToolUse.isDecisive(parameter.getKey())) {
                decisive.put(
                        parameter.getKey(), text.length() > LONGEST_INPUT ? text.substring(0, LONGEST_INPUT) : text);
            }
        });
        return new ToolUse(id, tool, decisive, cwd, notes(decisive.get("file_path")));
    }

    /** The program does not say where its notes are; but it names their files, and no other directory is called so. */
    private @Nullable Path notes(@Nullable String file) {
        String directory = sessionId + "/tool-results/";
        String slashed = file == null ? "" : file.replace('\\', '/');
        int at = sessionId.isEmpty() ? -1 : slashed.indexOf("/" + directory);
        try {
            return at < 0 || file == null ? null : Path.of(file.substring(0, at + directory.length()));
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
