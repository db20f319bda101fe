package dev.orchestrator.agent.run;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment of a run: what of the daemon's own any program needs. Everything else, tokens of services above all, stays
 * out. Pure.
 */
public final class RunEnvironment {
    private static final List<String> ALLOWED = List.of(
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
            "PROGRAMFILES(X86)");
    private static final Pattern ALLOWED_NAMES = anyOf(ALLOWED);
    /** Would have a shell read a file first, or go elsewhere; no glob brings them back. */
    private static final Set<String> NEVER = Set.of("CDPATH", "BASH_ENV", "ENV");
    /** The daemon's own settings, with the token of its bot among them. */
    private static final Pattern OWN = Pattern.compile("ORCHESTRATOR_.*|TELEGRAM_BOT_TOKEN|TELEGRAM_ALLOWED_USERS");
    /** A repository without a work tree, which an agent can write by hand, may name a program that git then runs. */
    private static final Map<String, String> SET = Map.of(
            "GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "safe.bareRepository", "GIT_CONFIG_VALUE_0", "explicit");

    private RunEnvironment() {}

    /**
     * @param own the daemon's environment
     * @param pass names or globs that are let through as well, unless they are the daemon's own
     */
    public static Map<String, String> of(Map<String, String> own, List<String> pass) {
        Map<String, String> result = new TreeMap<>();
        Pattern passed = anyOf(pass);
        own.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            boolean allowed = ALLOWED_NAMES.matcher(upper).matches()
                    || passed.matcher(upper).matches();
            if (allowed && !NEVER.contains(upper) && !OWN.matcher(upper).matches()) {
                result.put(name, value);
            }
        });
        result.putAll(SET);
        return result;
    }

    /** Has git look for a repository within {@code copies} and no further up: a copy that has none may lie in a work tree. */
    public static void keepGitIn(String copies, Map<String, String> environment) {
        environment.merge(
                "GIT_CEILING_DIRECTORIES",
                copies,
                (others, here) -> others.isBlank() ? here : others + File.pathSeparator + here);
    }

    /** Matches upper case names that one of {@code globs} matches; made once, since it is used on every variable. */
    public static Pattern anyOf(List<String> globs) {
        StringJoiner alternatives = new StringJoiner("|");
        for (String glob : globs) {
            String quoted = Pattern.quote(glob.toUpperCase(Locale.ROOT));
            alternatives.add(quoted.replace("*", "\\E.*\\Q"));
        }
        // With no glob at all the pattern is empty and matches no name.
        return Pattern.compile(alternatives.toString());
    }
}
