package dev.orchestrator.guard;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wants to do with a tool, before anything has happened.
 *
 * @param id of the call, by which the agent's output names it too
 * @param input the texts among the tool's parameters that decide, as the agent gave them
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
    /** The rest is content. */
    private static final Set<String> DECISIVE =
            Set.of("file_path", "notebook_path", "path", "pattern", "glob", "command", "url", "query");

    private static final int LONGEST_ID = 500;

    public ToolUse {
        id = shortened(id);
        input = Map.copyOf(input);
    }

    /** True for a parameter of a tool that says what a call is about. */
    public static boolean isDecisive(String parameter) {
        return DECISIVE.contains(parameter);
    }

    /** An id as all who compare ids have it: no real one is so long. */
    public static String shortened(String id) {
        return id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id;
    }

    Optional<String> input(String name) {
        return Optional.ofNullable(input.get(name));
    }
}
