package dev.orchestrator.guard.project;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is taken of a repository's own settings: its hooks and its MCP servers, and nothing else. Permissions, environment,
 * model, plugins, helpers for keys and all that a later version may add stay where they are. Immutable.
 *
 * @param leftOut hooks and servers that do not count, in words
 */
public record ProjectSettings(List<Hook> hooks, List<Server> servers, List<String> leftOut) {
    /** Of two equal keys people and programs see different ones. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public ProjectSettings {
        hooks = List.copyOf(hooks);
        servers = List.copyOf(servers);
        leftOut = List.copyOf(leftOut);
    }

    /** @throws Unusable when one of the files is not what it has to be; then nothing of any counts */
    public static ProjectSettings of(ProjectFiles files) throws Unusable {
        List<String> leftOut = new ArrayList<>();
        List<Hook> hooks = new ArrayList<>();
        boolean off = false;
        for (String name : List.of(ProjectFiles.SETTINGS, ProjectFiles.LOCAL_SETTINGS)) {
            JsonNode settings = json(files, name);
            off |= settings.path("disableAllHooks").asBoolean();
            hooks.addAll(new HookReader(name, leftOut).read(settings.path("hooks")));
        }
        if (off) {
            leftOut.add("all hooks, since it has disableAllHooks");
        }
        List<Server> servers =
                new ServerReader(leftOut).read(json(files, ProjectFiles.SERVERS).path("mcpServers"));
        return new ProjectSettings(off ? List.of() : hooks, servers, leftOut);
    }

    /** A file for the agent's program, made anew from what was understood. */
    public byte[] serversFile() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        servers.forEach(server -> all.put(server.name(), server.definition()));
        return Json.document(Map.of("mcpServers", all));
    }

    private static JsonNode json(ProjectFiles files, String name) throws Unusable {
        try {
            JsonNode read = STRICT.readTree(files.content(name).orElse(new byte[] {'{', '}'}));
            if (!read.isObject()) {
                throw new Unusable(name + " is not a JSON object");
            }
            return read;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Unusable(name + " is not valid JSON, see line " + line + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Unusable(name + " cannot be read: " + e);
        }
    }
}
