package dev.orchestrator.guard.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the servers of a {@code .mcp.json}:
 *
 * <pre>
 * {"mcpServers": {"db": {"command": "node", "args": ["db.js"], "env": {"A": "b"}},
 *                 "issues": {"type": "http", "url": "https://example.org/mcp", "headers": {"X": "y"}}}}
 * </pre>
 */
final class ServerReader {
    /** With two underscores the names of one server's tools could be those of another. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*");

    private static final int LONGEST_NAME = 60;
    private static final Set<String> PROGRAM = Set.of("type", "command", "args", "env");
    private static final Set<String> REMOTE = Set.of("type", "url", "headers");
    private static final Set<String> REMOTE_TYPES = Set.of("http", "sse", "ws");

    private final List<String> leftOut;

    /** @param leftOut takes what does not count, in words */
    ServerReader(List<String> leftOut) {
        this.leftOut = leftOut;
    }

    List<Server> read(JsonNode all) throws Unusable {
        List<Server> servers = new ArrayList<>();
        require(all.isMissingNode() || all.isObject(), "mcpServers is not an object");
        for (Map.Entry<String, JsonNode> entry : all.properties()) {
            String name = entry.getKey();
            require(
                    name.length() <= LONGEST_NAME && NAME.matcher(name).matches(),
                    "the server name '" + name
                            + "' has something else in it than letters, digits, hyphens and single underscores");
            require(entry.getValue().isObject(), name + " is not an object");
            servers.add(server(name, entry.getValue()));
        }
        return servers;
    }

    private Server server(String name, JsonNode given) throws Unusable {
        JsonNode type = given.path("type");
        boolean program = type.isMissingNode() || type.asText().equals("stdio");
        require(program || REMOTE_TYPES.contains(type.asText()), name + " is of an unknown type");
        require(given.path(program ? "command" : "url").isTextual(), name + " has no command and no url");
        ObjectNode taken = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if ((program ? PROGRAM : REMOTE).contains(entry.getKey())) {
                require(isFit(entry.getKey(), entry.getValue()), name + " has an unfit value for " + entry.getKey());
                taken.set(entry.getKey(), entry.getValue());
            } else {
                leftOut.add(entry.getKey() + " of the MCP server " + name);
            }
        }
        return new Server(name, taken);
    }

    private static boolean isFit(String key, JsonNode value) {
        return switch (key) {
            case "args" -> value.isArray() && areTexts(value);
            case "env", "headers" -> value.isObject() && areTexts(value);
            default -> value.isTextual();
        };
    }

    private static boolean areTexts(JsonNode values) {
        for (JsonNode value : values) {
            if (!value.isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean fulfilled, String otherwise) throws Unusable {
        if (!fulfilled) {
            throw new Unusable(ProjectFiles.SERVERS + ": " + otherwise);
        }
    }
}
