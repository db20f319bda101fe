package dev.orchestrator.guard.manifest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * What git ignores in one directory: the rules of the directory's own {@code .gitignore}, then those of the directories
 * above it up to the top of the repository, then the clone's {@code info/exclude}; the first that says something decides.
 * Immutable.
 *
 * <p>Ignore rules of the user or the machine ({@code core.excludesFile}) are not read, letters match in their own case
 * only, and rules that would take too long are left out, since anybody can have written them: then a file too many is
 * looked at, never one too few.
 */
final class IgnoreRules {
    /** Outside of a repository nothing is ignored and a {@code .gitignore} means nothing. */
    static final IgnoreRules OUTSIDE = new IgnoreRules("", null);

    /** Far above what any real directory has to obey; files of rules beyond that do not count. */
    static final int MAX_CHARS = 1 << 18;
    /** Each further star in a name multiplies the time to match it by its length: five take a minute, six hours. */
    private static final int MAX_STARS = 2;

    private final String prefix;
    private final @Nullable Level innermost;

    /**
     * One file of rules.
     *
     * @param cut how much of a path, slash included, leads to the directory the rules are for
     * @param chars size of these and the outer rules
     */
    private record Level(
            IgnoreNode node, int cut, int chars, @Nullable Level outer) {}

    private IgnoreRules(String prefix, @Nullable Level innermost) {
        this.prefix = prefix;
        this.innermost = innermost;
    }

    /**
     * The rules at the top of a repository, without its {@code .gitignore}.
     *
     * @param exclude the rules for this clone alone
     * @param cut length of the path, slash included, from where paths begin to the repository's top
     */
    static IgnoreRules of(String exclude, int cut) {
        return new IgnoreRules("", new Level(parse(exclude), cut, exclude.length(), null));
    }

    /** These rules for somebody whose paths begin below the repository's top, in {@code prefix}, which ends in a slash. */
    IgnoreRules seenFrom(String prefix) {
        return new IgnoreRules(prefix, innermost);
    }

    /** These rules and, before them, those of the {@code .gitignore} in {@code directory}, a path as in {@link #ignores}. */
    IgnoreRules and(String gitignore, String directory) {
        if (innermost == null || gitignore.isEmpty() || innermost.chars + gitignore.length() > MAX_CHARS) {
            return this;
        }
        int cut = prefix.length() + (directory.isEmpty() ? 0 : directory.length() + 1);
        return new IgnoreRules(
                prefix, new Level(parse(gitignore), cut, innermost.chars + gitignore.length(), innermost));
    }

    /** For a path of which no directory above is ignored. */
    boolean ignores(String path, boolean directory) {
        String full = prefix + path;
        for (Level level = innermost; level != null; level = level.outer) {
            Boolean ignored = level.node.checkIgnored(full.substring(level.cut), directory);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    private static IgnoreNode parse(String rules) {
        String tame = rules.lines().filter(IgnoreRules::isTame).collect(Collectors.joining("\n"));
        IgnoreNode node = new IgnoreNode();
        try {
            node.parse(new ByteArrayInputStream(tame.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return node;
    }

    private static boolean isTame(String rule) {
        int stars = 0;
        for (int i = 0; i < rule.length() && stars <= MAX_STARS; i++) {
            char c = rule.charAt(i);
            stars = c == '/' ? 0 : stars + (c == '*' ? 1 : 0);
        }
        return stars <= MAX_STARS;
    }
}
