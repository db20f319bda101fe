package dev.orchestrator.guard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * What git ignores in one directory: the rules of the directory's own {@code .gitignore}, then those of the directories
 * above it up to the top of the repository, then the clone's {@code info/exclude}; the first that says something decides.
 * Immutable.
 *
 * <p>Ignore rules of the user or the machine ({@code core.excludesFile}) are not read, and letters match in their own
 * case only: then a file too many is looked at, never one too few.
 */
final class IgnoreRules {
    /** Outside of a repository nothing is ignored and a {@code .gitignore} means nothing. */
    static final IgnoreRules OUTSIDE = new IgnoreRules("", null);

    /** Far above any real file of rules; what is larger is not read. */
    private static final int MAX_BYTES = 1 << 20;

    private final String prefix;
    private final @Nullable Level innermost;

    /**
     * One file of rules.
     *
     * @param cut how much of a path, slash included, leads to the directory the rules are for
     */
    private record Level(IgnoreNode node, int cut, @Nullable Level outer) {}

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
        return new IgnoreRules("", new Level(parse(repository.exclude()), cut, null));
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
        int cut = prefix.length() + (directory.isEmpty() ? 0 : directory.length() + 1);
        return new IgnoreRules(prefix, new Level(parse(gitignore), cut, innermost));
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

    /** Like git, never follows a symlink for it; rules that cannot be read are no rules. */
    private static IgnoreNode parse(Path file) {
        IgnoreNode node = new IgnoreNode();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return node;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                node.parse(file.toString(), new ByteArrayInputStream(bytes));
            }
        } catch (IOException e) {
            return new IgnoreNode();
        }
        return node;
    }
}
