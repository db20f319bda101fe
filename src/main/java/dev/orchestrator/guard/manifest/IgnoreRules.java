package dev.orchestrator.guard.manifest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

    /** Far above what any real directory has to obey; files of rules beyond that are not read. */
    private static final int MAX_BYTES = 1 << 18;
    /** Each further star in a name multiplies the time to match it by its length: five take a minute, six hours. */
    private static final int MAX_STARS = 2;

    private final String prefix;
    private final @Nullable Level innermost;

    /**
     * One file of rules.
     *
     * @param cut how much of a path, slash included, leads to the directory the rules are for
     * @param bytes size of these and the outer rules
     */
    private record Level(
            IgnoreNode node, int cut, int bytes, @Nullable Level outer) {}

    private IgnoreRules(String prefix, @Nullable Level innermost) {
        this.prefix = prefix;
        this.innermost = innermost;
    }

    /**
     * The rules at the top of {@code repository}, without its {@code .gitignore}.
     *
     * @param cut length of the path, slash included, from where paths begin to the repository's top
     */
    static IgnoreRules of(Repository repository, int cut) {
        byte[] rules = read(repository.exclude(), MAX_BYTES);
        return new IgnoreRules("", new Level(parse(rules), cut, rules.length, null));
    }

    /** These rules for somebody whose paths begin below the repository's top, in {@code prefix}, which ends in a slash. */
    IgnoreRules seenFrom(String prefix) {
        return new IgnoreRules(prefix, innermost);
    }

    /** These rules and, before them, those of the {@code .gitignore} in {@code directory}, a path as in {@link #ignores}. */
    IgnoreRules and(Path gitignore, String directory) {
        if (innermost == null) {
            return this;
        }
        byte[] rules = read(gitignore, MAX_BYTES - innermost.bytes);
        int cut = prefix.length() + (directory.isEmpty() ? 0 : directory.length() + 1);
        return new IgnoreRules(prefix, new Level(parse(rules), cut, innermost.bytes + rules.length, innermost));
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

    /** Like git, never follows a symlink for it; rules that cannot be read, or are too many, are no rules. */
    private static byte[] read(Path file, int max) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(max + 1);
            return bytes.length > max ? new byte[0] : bytes;
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static IgnoreNode parse(byte[] rules) {
        String tame = new String(rules, StandardCharsets.UTF_8)
                .lines()
                .filter(IgnoreRules::isTame)
                .collect(Collectors.joining("\n"));
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
