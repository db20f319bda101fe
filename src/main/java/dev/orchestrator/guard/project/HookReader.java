package dev.orchestrator.guard.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hooks of one settings file:
 *
 * <pre>
 * {"PostToolUse": [ {"matcher": "Edit|Write", "hooks": [ {"type": "command", "command": "npm run fmt", "timeout": 30} ]} ]}
 * </pre>
 */
final class HookReader {
    /** Moments at which a hook cannot grant anything; what it says before a call of a tool is not heard, see below. */
    private static final Set<String> EVENTS = Set.of(
            "SessionStart",
            "SessionEnd",
            "UserPromptSubmit",
            Hooks.BEFORE_A_CALL,
            "PostToolUse",
            "PostToolUseFailure",
            "Notification",
            "Stop",
            "SubagentStart",
            "SubagentStop",
            "PreCompact");
    /** Another key may change what a hook does in a way that is not known here. */
    private static final Set<String> KEYS = Set.of("type", "command", "timeout", "if", "statusMessage");

    private static final int LONGEST_TIMEOUT = 24 * 3600;

    private final String file;
    private final List<String> leftOut;

    /** @param leftOut takes what does not count, in words */
    HookReader(String file, List<String> leftOut) {
        this.file = file;
        this.leftOut = leftOut;
    }

    List<Hook> read(JsonNode events) throws Unusable {
        List<Hook> hooks = new ArrayList<>();
        require(events.isMissingNode() || events.isObject(), "hooks is not an object");
        for (Map.Entry<String, JsonNode> event : events.properties()) {
            require(event.getValue().isArray(), event.getKey() + " is not a list");
            for (JsonNode group : event.getValue()) {
                group(event.getKey(), group, hooks);
            }
        }
        return hooks;
    }

    private void group(String event, JsonNode group, List<Hook> hooks) throws Unusable {
        JsonNode matcher = group.path("matcher");
        require(group.path("hooks").isArray(), "a group of " + event + " has no list of hooks");
        require(matcher.isMissingNode() || matcher.isTextual(), "a matcher of " + event + " is no text");
        for (JsonNode hook : group.path("hooks")) {
            require(hook.isObject(), "a hook of " + event + " is not an object");
            Optional<String> why = why(event, hook);
            if (why.isPresent()) {
                leftOut.add("a hook of " + event + " in " + file + ": " + why.get());
            } else {
                hooks.add(hook(event, matcher.isTextual() ? matcher.asText() : null, hook));
            }
        }
    }

    /** Why {@code hook} does not count. */
    private static Optional<String> why(String event, JsonNode hook) {
        if (!EVENTS.contains(event)) {
            return Optional.of("this moment is not one at which hooks are run here");
        }
        if (!hook.path("type").asText().equals("command")) {
            return Optional.of("its type is not command");
        }
        for (Map.Entry<String, JsonNode> entry : hook.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                return Optional.of("it has " + entry.getKey() + ", which is not known here");
            }
        }
        return Optional.empty();
    }

    private Hook hook(String event, @Nullable String matcher, JsonNode hook) throws Unusable {
        JsonNode command = hook.path("command");
        JsonNode timeout = hook.path("timeout");
        JsonNode condition = hook.path("if");
        require(
                command.isTextual()
                        && !command.asText().isBlank()
                        && command.asText().indexOf('\0') < 0,
                "a hook of " + event + " has no command");
        require(
                timeout.isMissingNode()
                        || (timeout.canConvertToInt() && timeout.asInt() > 0 && timeout.asInt() <= LONGEST_TIMEOUT),
                "the timeout of a hook of " + event + " is no number of seconds");
        require(condition.isMissingNode() || condition.isTextual(), "the if of a hook of " + event + " is no text");
        return new Hook(
                event,
                matcher,
                command.asText(),
                timeout.isMissingNode() ? null : timeout.asInt(),
                condition.isMissingNode() ? null : condition.asText());
    }

    private void require(boolean fulfilled, String otherwise) throws Unusable {
        if (!fulfilled) {
            throw new Unusable(file + ": " + otherwise);
        }
    }
}
