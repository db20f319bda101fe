package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.mediator.Situation;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.task.Move;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a coordinator, described to a model as Ollama wants them, and read from what it calls. Sample of a call, of which
 * some models have the arguments as text:
 *
 * <pre>
 * {"function": {"name": "run_agent", "arguments": {"instructions": "Find out why ...", "read_only": true}}}
 * </pre>
 */
final class LeadingTools {
    private static final int LONGEST_TEXT = 4_000;
    private static final int MOST_SHOWN = 200;

    private LeadingTools() {}

    static ArrayNode of(Situation situation) {
        ArrayNode tools = Wire.MAPPER.createArrayNode();
        if (situation.runsLeft() > 0) {
            tools.add(runAgent(situation));
        }
        tools.add(tool(
                Move.Tool.READ_FILE,
                "See the beginning of a file of the project, or the names in a directory.",
                text("path", "relative to the project's directory")));
        if (situation.ran()) {
            tools.add(tool(
                    Move.Tool.LAST_RESULT,
                    "See whole what the agent's last run came to.",
                    Wire.MAPPER.createObjectNode()));
            tools.add(tool(
                    Move.Tool.FINISH,
                    "All that the task asks for is done. It is checked then.",
                    text("report", "what was done, in a few sentences")));
        }
        tools.add(tool(
                Move.Tool.GIVE_UP,
                "The task cannot be done, or only a person can say how.",
                text("reason", "why, in a few sentences")));
        return tools;
    }

    private static ObjectNode runAgent(Situation situation) {
        ObjectNode properties = Wire.MAPPER.createObjectNode();
        properties.set("instructions", string("the one step that the agent is to do now"));
        if (situation.mayChange()) {
            properties
                    .putObject("read_only")
                    .put("type", "boolean")
                    .put("description", "true when it is to look and report, and to change nothing");
        }
        if (!situation.tools().isEmpty()) {
            ObjectNode tools = properties.putObject("tools").put("type", "array");
            tools.put("description", "which of its further tools the agent has in this step; leave it out for all");
            ArrayNode names = tools.putObject("items").put("type", "string").putArray("enum");
            situation.tools().forEach(names::add);
        }
        return tool(Move.Tool.RUN_AGENT, "Have the agent do one step of the task.", properties);
    }

    private static ObjectNode text(String name, String description) {
        return Wire.MAPPER.createObjectNode().set(name, string(description));
    }

    private static ObjectNode string(String description) {
        return Wire.MAPPER.createObjectNode().put("type", "string").put("description", description);
    }

    /** Texts have to be given; what narrows a step may be left out. */
    private static ObjectNode tool(Move.Tool name, String description, ObjectNode properties) {
        ObjectNode tool = Wire.MAPPER.createObjectNode().put("type", "function");
        ObjectNode function = tool.putObject("function").put("name", name.toString());
        function.put("description", description);
        ObjectNode parameters = function.putObject("parameters").put("type", "object");
        parameters.set("properties", properties);
        ArrayNode required = parameters.putArray("required");
        properties.fieldNames().forEachRemaining(field -> {
            if (properties.get(field).path("type").asText().equals("string")) {
                required.add(field);
            }
        });
        return tool;
    }

    /** The move that {@code answer} asks for; empty when it calls nothing. */
    static Optional<Move> read(ChatAnswer answer, Situation situation) {
        if (!answer.toolCalls().isEmpty()) {
            JsonNode function = answer.toolCalls().get(0).path("function");
            return Optional.of(move(function.path("name").asText(""), function.path("arguments"), situation));
        }
        // Some models write the call down in place of making it.
        return JsonText.object(answer.content())
                .map(object -> object.has("function") ? object.path("function") : object)
                .filter(object -> tool(object.path("name").asText("")) != null)
                .map(object -> move(
                        object.path("name").asText(""),
                        object.has("arguments") ? object.path("arguments") : object.path("parameters"),
                        situation));
    }

    private static Move move(String name, JsonNode given, Situation situation) {
        Move.Tool tool = tool(name);
        JsonNode arguments =
                given.isTextual() ? JsonText.object(given.asText()).orElseGet(Wire.MAPPER::createObjectNode) : given;
        if (tool == null) {
            return none("there is no tool " + name);
        }
        String text = tool == Move.Tool.LAST_RESULT ? "" : argument(tool, arguments);
        if (text.isBlank() && tool != Move.Tool.LAST_RESULT) {
            return none(tool + " was called without its argument");
        }
        if (text.length() > LONGEST_TEXT) {
            return none("the argument of " + tool + " was longer than " + LONGEST_TEXT + " characters");
        }
        return tool == Move.Tool.RUN_AGENT
                ? new Move(
                        tool,
                        text,
                        !situation.mayChange() || Narrowing.readOnly(arguments.path("read_only")),
                        Narrowing.tools(arguments.path("tools"), situation.tools()))
                : Move.of(tool, text);
    }

    private static Move none(String problem) {
        return Move.of(Move.Tool.NONE, Cut.beginning(problem, MOST_SHOWN));
    }

    private static String argument(Move.Tool tool, JsonNode arguments) {
        String name = switch (tool) {
            case RUN_AGENT -> "instructions";
            case READ_FILE -> "path";
            case FINISH -> "report";
            default -> "reason";
        };
        return arguments.path(name).asText("").strip();
    }

    private static Move.@Nullable Tool tool(String name) {
        for (Move.Tool tool : Move.Tool.values()) {
            if (tool != Move.Tool.NONE && tool.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
                return tool;
            }
        }
        return null;
    }
}
