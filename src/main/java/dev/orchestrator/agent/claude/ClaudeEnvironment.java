package dev.orchestrator.agent.claude;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a run: what is on the allow list of the daemon's own, and what an unattended run needs. Everything
 * else, tokens of other services above all, stays out. Pure.
 */
final class ClaudeEnvironment {
    private static final Pattern ALLOWED = anyOf(List.of(
            "ANTHROPIC_*",
            "CLAUDE_*",
            "HOME",
            "USER",
            "LOGNAME",
            "PATH",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "LC_*",
            "TZ",
            "TMPDIR",
            "XDG_*",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "NODE_EXTRA_CA_CERTS",
            "GIT_CEILING_DIRECTORIES",
            // Without these nothing starts on Windows.
            "SYSTEMROOT",
            "WINDIR",
            "COMSPEC",
            "PATHEXT",
            "TEMP",
            "TMP",
            "USERNAME",
            "USERPROFILE",
            "HOMEDRIVE",
            "HOMEPATH",
            "APPDATA",
            "LOCALAPPDATA",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "PROGRAMFILES(X86)"));
    /** Would make the program think that it runs inside itself, or switch its hooks off; no glob brings them back. */
    private static final Set<String> NEVER = Set.of(
            "CLAUDECODE",
            "CLAUDE_CODE_ENTRYPOINT",
            "CLAUDE_CODE_CHILD_SESSION",
            "CLAUDE_CODE_SSE_PORT",
            // Needs bubblewrap and socat, and then changes the permission mode.
            "CLAUDE_CODE_SUBPROCESS_ENV_SCRUB",
            "CLAUDE_CODE_SIMPLE",
            "CLAUDE_CODE_SAFE_MODE",
            // Would make a command that the guard has read do something else.
            "CDPATH",
            "BASH_ENV",
            "ENV");
    /** What an unattended run sets, and why. */
    private static final Map<String, String> SET = Map.of(
            // The program must not change under the feet of a running daemon.
            "DISABLE_AUTOUPDATER", "1",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            // Work in the background would be cut off when the run ends.
            "CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1",
            "CLAUDE_CODE_DISABLE_AUTO_MEMORY", "1",
            // A repository without a work tree, which an agent can write by hand, may name a program that git then
            // runs.
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "safe.bareRepository",
            "GIT_CONFIG_VALUE_0", "explicit");
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
        Map<String, String> result = new TreeMap<>();
        Pattern passed = anyOf(pass);
        own.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            boolean allowed =
                    ALLOWED.matcher(upper).matches() || passed.matcher(upper).matches();
            if (allowed && !NEVER.contains(upper)) {
                result.put(name, value);
            }
        });
        result.putAll(SET);
        for (String name : NO_PROXY) {
            result.merge(name, HERE, (others, here) -> others.isBlank() ? here : others + "," + here);
        }
        if (configDir != null) {
            result.put("CLAUDE_CONFIG_DIR", configDir.toString());
        }
        return result;
    }

    /** Has git look for a repository within {@code copies} and no further up: a copy that has none may lie in a work tree. */
    static void keepGitIn(String copies, Map<String, String> environment) {
        environment.merge(
                "GIT_CEILING_DIRECTORIES",
                copies,
                (others, here) -> others.isBlank() ? here : others + File.pathSeparator + here);
    }

    /** Matches upper case names that one of {@code globs} matches; made once, since it is used on every variable. */
    static Pattern anyOf(List<String> globs) {
        StringJoiner alternatives = new StringJoiner("|");
        for (String glob : globs) {
            String quoted = Pattern.quote(glob.toUpperCase(Locale.ROOT));
            alternatives.add(quoted.replace("*", "\\E.*\\Q"));
        }
        // With no glob at all the pattern is empty and matches no name.
        return Pattern.compile(alternatives.toString());
    }
}
