package dev.orchestrator.guard.manifest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * What git ignores in one directory: the rules of the directory's own {@code .gitignore}, then those of the directories
 * above it up to the top of the repository, then the clone's {@code info/exclude}; the first that says something decides.
 * Immutable.
 *
 * <p>Ignore rules of the user or the machine ({@code core.excludesFile}) are not read, letters match in their own case
 * only, and rules that would take too long are left out, since anybody can have written them; where that is not enough,
 * because rules are too many or take something out again, nothing is ignored. So a file too many is looked at, never one
 * too few.
 */
final class IgnoreRules {
    /** Outside of a repository nothing is ignored and a {@code .gitignore} means nothing. */
    static final IgnoreRules OUTSIDE = new IgnoreRules("", null);

    /** Far above what any real directory has to obey; files of rules beyond that do not count. */
    static final int MAX_CHARS = 1 << 18;
    /** In place of the rules in a directory that cannot be obeyed: nothing in it is ignored, whatever those above say. */
    static final String UNKNOWN = "!*";
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
        return new IgnoreRules("", new Level(parse(canBeObeyed(exclude) ? exclude : ""), cut, exclude.length(), null));
    }

    /** These rules for somebody whose paths begin below the repository's top, in {@code prefix}, which ends in a slash. */
    IgnoreRules seenFrom(String prefix) {
        return new IgnoreRules(prefix, innermost);
    }

    /** These rules and, before them, those of the {@code .gitignore} in {@code directory}, a path as in {@link #ignores}. */
    IgnoreRules and(String gitignore, String directory) {
        if (innermost == null || gitignore.isEmpty()) {
            return this;
        }
        if (innermost.chars + gitignore.length() > MAX_CHARS) {
            return and(UNKNOWN, directory, innermost.chars);
        }
        return and(gitignore, directory, innermost.chars + gitignore.length());
    }

    private IgnoreRules and(String gitignore, String directory, int chars) {
        int cut = prefix.length() + (directory.isEmpty() ? 0 : directory.length() + 1);
        String rules = canBeObeyed(gitignore) ? gitignore : UNKNOWN;
        return new IgnoreRules(prefix, new Level(parse(rules), cut, chars, innermost));
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

    /** False when a rule that takes something out again would be left out with the others that are not tame. */
    private static boolean canBeObeyed(String rules) {
        return lines(rules).allMatch(rule -> !rule.startsWith("!") || isTame(rule));
    }

    private static IgnoreNode parse(String rules) {
        String tame = lines(rules).filter(IgnoreRules::isTame).collect(Collectors.joining("\n"));
        IgnoreNode node = new IgnoreNode();
        try {
            node.parse(new ByteArrayInputStream(tame.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return node;
    }

    /** As git parts them: a carriage return belongs to the end of its line, or to the rule. */
    private static Stream<String> lines(String rules) {
        return rules.isEmpty()
                ? Stream.empty()
                : Arrays.stream(rules.split("\n"))
                        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }

    private static boolean isTame(String rule) {
        int stars = 0;
        for (int i = 0; i < rule.length() && stars <= MAX_STARS; i++) {
            char c = rule.charAt(i);
            stars = c == '/' ? 0 : stars + (c == '*' ? 1 : 0);
        }
        // The parser takes a carriage return for the end of a line.
        return stars <= MAX_STARS && rule.indexOf('\r') < 0;
    }
}
