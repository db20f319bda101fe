package dev.orchestrator.guard.project;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the hooks of a trusted repository into words for the agent's program. Each is run by the same shell as otherwise, but
 *
 * <pre>
 * CLAUDE_PROJECT_DIR='/srv/shop'; export CLAUDE_PROJECT_DIR; unset CLAUDE_ENV_FILE; eval 'npm run fmt'
 * </pre>
 *
 * <p>so it finds its scripts also when a task works further down or in a copy, and cannot set variables for the commands of
 * the agent, which the guard would then read without them.
 */
public final class Hooks {
    /** The moment at which a hook could grant a call, or change it after the guard has looked (executed with 2.1.330). */
    public static final String BEFORE_A_CALL = "PreToolUse";

    private Hooks() {}

    /**
     * A group of hooks with one hook in it.
     *
     * @param top of the repository, or of its copy
     */
    public static Map<String, Object> group(Hook hook, Path top) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("type", "command");
        command.put("command", command(hook, top));
        if (hook.timeout() != null) {
            command.put("timeout", hook.timeout());
        }
        if (hook.condition() != null) {
            command.put("if", hook.condition());
        }
        Map<String, Object> group = new LinkedHashMap<>();
        if (hook.matcher() != null) {
            group.put("matcher", hook.matcher());
        }
        group.put("hooks", List.of(command));
        return group;
    }

    private static String command(Hook hook, Path top) {
        String run = "CLAUDE_PROJECT_DIR=" + quoted(top.toString())
                + "; export CLAUDE_PROJECT_DIR; unset CLAUDE_ENV_FILE; eval " + quoted(hook.command());
        // Exit code 2 still refuses the call. What it prints could grant it, or put another call in its place.
        return hook.event().equals(BEFORE_A_CALL) ? run + " >/dev/null" : run;
    }

    /** One word for a shell, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
