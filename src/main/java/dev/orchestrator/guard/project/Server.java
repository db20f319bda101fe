package dev.orchestrator.guard.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** An MCP server that a repository wants to have. */
public final class Server {
    private final String name;
    private final ObjectNode definition;

    /** @param definition for the agent's program, with nothing in it that is not known here */
    Server(String name, ObjectNode definition) {
        this.name = name;
        this.definition = definition;
    }

    public String name() {
        return name;
    }

    JsonNode definition() {
        return definition.deepCopy();
    }

    /** The command, or the address, and what it is given besides. */
    public String shown() {
        List<String> words = new ArrayList<>();
        for (String key : List.of("command", "args", "url")) {
            JsonNode value = definition.path(key);
            if (value.isArray()) {
                value.forEach(each -> words.add(each.asText()));
            } else if (value.isTextual()) {
                words.add(value.asText());
            }
        }
        for (String key : List.of("env", "headers")) {
            definition.path(key).properties().forEach(each -> words.add(given(key, each.getKey(), each.getValue())));
        }
        return String.join(" ", words);
    }

    /** A value may be a secret; but one that takes a variable of the agent's is to be seen. */
    private static String given(String key, String name, JsonNode value) {
        return "[" + key + " " + name + (value.asText().contains("${") ? "=" + value.asText() : "") + "]";
    }
}
