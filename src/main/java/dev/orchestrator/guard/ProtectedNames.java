package dev.orchestrator.guard;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Files that make another program do something when it is started the next time: no agent changes them, wherever they lie.
 * The CLI refuses most of them by itself (executed with 2.1.330); this does not rely on it. Pure.
 */
public final class ProtectedNames {
    private static final Set<String> DIRECTORIES = Set.of(
            ".git", ".hg", ".svn", ".claude", ".vscode", ".idea", ".husky", ".cargo", ".devcontainer", ".mvn", ".yarn");
    private static final Set<String> FILES = Set.of(
            ".gitconfig",
            ".gitmodules",
            ".bashrc",
            ".bash_profile",
            ".bash_login",
            ".bash_logout",
            ".bash_aliases",
            ".profile",
            ".zshrc",
            ".zshenv",
            ".zprofile",
            ".zlogin",
            ".zlogout",
            ".kshrc",
            ".cshrc",
            ".tcshrc",
            ".login",
            ".envrc",
            ".mcp.json",
            ".claude.json",
            ".npmrc",
            ".yarnrc",
            ".yarnrc.yml",
            ".ripgreprc",
            ".vimrc",
            ".exrc");
    /** What git itself takes for its own directory on Windows, where long names have a second, short one. */
    private static final Pattern SHORT_GIT = Pattern.compile("git~[0-9]+");

    private ProtectedNames() {}

    /** In lower case, for rules that say the same. */
    public static Set<String> all() {
        Set<String> all = new TreeSet<>(DIRECTORIES);
        all.addAll(FILES);
        return all;
    }

    /** The name in {@code path} that must not be changed, or nothing below it. */
    public static Optional<String> in(Path path) {
        for (Path name : path) {
            if (isProtected(plain(name.toString()))) {
                return Optional.of(name.toString());
            }
        }
        return Optional.empty();
    }

    private static boolean isProtected(String name) {
        return DIRECTORIES.contains(name)
                || FILES.contains(name)
                || SHORT_GIT.matcher(name).matches();
    }

    /**
     * As file systems see it that ignore case, some invisible characters (those of Macs), dots and spaces at the end, and
     * what follows a colon (those of Windows).
     */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .filter(point -> Character.getType(point) != Character.FORMAT)
                .forEach(plain::appendCodePoint);
        int colon = plain.indexOf(":");
        String cut = colon > 0 ? plain.substring(0, colon) : plain.toString();
        int end = cut.length();
        while (end > 0 && (cut.charAt(end - 1) == '.' || cut.charAt(end - 1) == ' ')) {
            end--;
        }
        // Up first: of some letters only the upper one is the same.
        return cut.substring(0, end).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
