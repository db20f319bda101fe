package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.run.RunEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a run: what every run sees, what is the program's own, and what an unattended run needs. Pure.
 */
final class ClaudeEnvironment {
    private static final List<String> ITS_OWN = List.of("ANTHROPIC_*", "CLAUDE_*");
    /** Would make the program think that it runs inside itself, or switch its hooks off; no glob brings them back. */
    private static final Set<String> NEVER = Set.of(
            "CLAUDECODE",
            "CLAUDE_CODE_ENTRYPOINT",
            "CLAUDE_CODE_CHILD_SESSION",
            "CLAUDE_CODE_SSE_PORT",
            // Needs bubblewrap and socat, and then changes the permission mode.
            "CLAUDE_CODE_SUBPROCESS_ENV_SCRUB",
            "CLAUDE_CODE_SIMPLE",
            "CLAUDE_CODE_SAFE_MODE");
    /** What an unattended run sets, and why. */
    private static final Map<String, String> SET = Map.of(
            // The program must not change under the feet of a running daemon.
            "DISABLE_AUTOUPDATER", "1",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            // Work in the background would be cut off when the run ends.
            "CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1",
            "CLAUDE_CODE_DISABLE_AUTO_MEMORY", "1");
    /** What no proxy can reach: the guard, and everything else on this machine. */
    private static final String HERE = "127.0.0.1,localhost";

    private static final List<String> NO_PROXY = List.of("NO_PROXY", "no_proxy");

    private ClaudeEnvironment() {}

    /**
     * @param own the daemon's environment
     * @param pass names or globs that the user lets through as well
     * @param configDir where the program keeps its settings and sessions; null for its default
     */
    static Map<String, String> of(Map<String, String> own, List<String> pass, @Nullable Path configDir) {
        List<String> passed = new ArrayList<>(ITS_OWN);
        passed.addAll(pass);
        Map<String, String> result = RunEnvironment.of(own, passed);
        result.keySet().removeIf(name -> NEVER.contains(name.toUpperCase(Locale.ROOT)));
        result.putAll(SET);
        for (String name : NO_PROXY) {
            result.merge(name, HERE, (others, here) -> others.isBlank() ? here : others + "," + here);
        }
        if (configDir != null) {
            result.put("CLAUDE_CONFIG_DIR", configDir.toString());
        }
        return result;
    }
}
