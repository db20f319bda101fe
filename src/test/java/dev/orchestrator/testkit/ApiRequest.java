package dev.orchestrator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One request that the CLI sent.
 *
 * @param headers names in lower case
 * @param body the parsed JSON body
 */
public record ApiRequest(String path, Map<String, String> headers, JsonNode body) {
    private static final String REMINDER = "<system-reminder>";
    private static final Pattern WORKING_DIRECTORY = Pattern.compile("Primary working directory: (.*)");

    /** Text of the conversation's first user message, without the reminders that the CLI adds before and into it. */
    public String prompt() {
        return prompts().findFirst().orElse("");
    }

    /** Text of the newest user message that has any, without reminders; after a resume this is the new prompt. */
    public String lastPrompt() {
        return prompts().reduce("", (older, newer) -> newer);
    }

    /** The system prompt; the CLI also sends part of it as messages of the role {@code system}. */
    public String systemPrompt() {
        Stream<String> late =
                messages().filter(message -> role(message).equals("system")).map(m -> text(m.path("content")));
        return Stream.concat(Stream.of(text(body.path("system"))), late).collect(Collectors.joining("\n"));
    }

    /** Working directory of the run, as its system prompt names it. */
    public String workingDirectory() {
        Matcher matcher = WORKING_DIRECTORY.matcher(systemPrompt());
        if (!matcher.find()) {
            throw new IllegalStateException("the request names no working directory");
        }
        return matcher.group(1).strip();
    }

    public List<String> toolNames() {
        return elements(body.path("tools"))
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    /** Text of every tool result so far, oldest first. */
    public List<String> toolResults() {
        return messages()
                .flatMap(message -> elements(message.path("content")))
                .filter(block -> block.path("type").asText().equals("tool_result"))
                .map(block -> text(block.path("content")))
                .toList();
    }

    public String model() {
        return body.path("model").asText();
    }

    /** The id of the session, absent when the request does not come from the CLI. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(headers.get("x-claude-code-session-id"));
    }

    public boolean isStream() {
        return body.path("stream").asBoolean();
    }

    /**
     * Whether this is a side request of the CLI (a title, a quota probe), which must not move a script. Those have no tools
     * and lack what every request of the main loop has, the management of its context.
     */
    public boolean isAuxiliary() {
        boolean mainLoop = body.path("tools").size() > 0 || body.has("context_management");
        return !mainLoop || body.path("max_tokens").asInt(Integer.MAX_VALUE) <= 1;
    }

    /** Number of turns that the given script has already played in this conversation. */
    int turnsPlayed(Script script) {
        return (int) messages()
                .filter(message -> role(message).equals("assistant"))
                .filter(message -> isFrom(script, message))
                .count();
    }

    // The CLI adds assistant messages of its own ("No response requested." on a resume), so only our own are counted.
    private static boolean isFrom(Script script, JsonNode message) {
        boolean called = elements(message.path("content"))
                .anyMatch(block -> block.path("id").asText().startsWith(script.toolIdPrefix()));
        String said = text(message.path("content")).strip();
        return called
                || script.steps().stream()
                        .anyMatch(step -> step instanceof Script.Step.Text turn
                                && turn.text().strip().equals(said));
    }

    private Stream<String> prompts() {
        return messages()
                .filter(message -> role(message).equals("user"))
                .map(ApiRequest::userText)
                .filter(text -> !text.isBlank());
    }

    private Stream<JsonNode> messages() {
        return elements(body.path("messages"));
    }

    private static String role(JsonNode message) {
        return message.path("role").asText();
    }

    private static String userText(JsonNode message) {
        return texts(message.path("content"))
                .filter(text -> !text.startsWith(REMINDER))
                .collect(Collectors.joining("\n"));
    }

    private static String text(JsonNode content) {
        return texts(content).collect(Collectors.joining("\n"));
    }

    private static Stream<String> texts(JsonNode content) {
        if (content.isTextual()) {
            return Stream.of(content.asText());
        }
        return elements(content)
                .filter(block -> block.path("type").asText().equals("text"))
                .map(block -> block.path("text").asText());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
