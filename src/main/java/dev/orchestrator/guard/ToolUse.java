package dev.orchestrator.guard;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wants to do with a tool, before anything has happened.
 *
 * @param id of the call, by which the agent's output names it too
 * @param input the texts among the tool's parameters, as the agent gave them
 * @param cwd where relative paths start
 * @param notes where the agent keeps what belongs to this session alone, outputs too long to repeat for example; null when
 *     it told no such place
 */
public record ToolUse(
        String id,
        String tool,
        Map<String, String> input,
        Path cwd,
        @Nullable Path notes) {
    private static final int LONGEST_ID = 500;

    public ToolUse {
        id = shortened(id);
        input = Map.copyOf(input);
    }

    /** An id as all who compare ids have it: no real one is so long. */
    public static String shortened(String id) {
        return id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id;
    }

    Optional<String> input(String name) {
        return Optional.ofNullable(input.get(name));
    }
}
