package dev.orchestrator.guard.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads what git says where it is now, and keeps it for the walk after the run. For one thread. */
final class GitOnDisk implements GitView {
    static final String GIT = ".git";
    private static final String GITIGNORE = ".gitignore";
    /** Of all rules together, a hundred times what a large project has: they are kept as long as the run goes on. */
    private static final int MAX_CHARS = 1 << 22;

    private final Map<String, Repository> repositories = new HashMap<>();
    private final SortedMap<String, String> excludes = new TreeMap<>();
    private final SortedMap<String, String> gitignores = new TreeMap<>();
    private int left = MAX_CHARS;

    /** What was read so far. */
    IgnoreFiles files() {
        return new IgnoreFiles(excludes, gitignores);
    }

    @Override
    public int depth(Path directory) {
        return Repository.containing(directory)
                .map(repository -> directory.getNameCount() - repository.top().getNameCount())
                .orElse(0);
    }

    @Override
    public Optional<String> exclude(String path, Path directory, Predicate<String> names) {
        Optional<Repository> found = names.test(GIT) ? Repository.at(directory) : Optional.empty();
        found.ifPresent(repository -> {
            repositories.put(path, repository);
            excludes.put(path, text(repository.exclude()).orElse(""));
        });
        return found.map(repository -> excludes.getOrDefault(path, ""));
    }

    @Override
    public String gitignore(String path, Path directory, Predicate<String> names) {
        Path file = directory.resolve(GITIGNORE);
        String rules = names.test(GITIGNORE) ? text(file).orElse(IgnoreRules.UNKNOWN) : "";
        if (!rules.isEmpty()) {
            gitignores.put(path, rules);
        }
        return rules;
    }

    @Override
    public Tracked tracked(String path, String strip, String prepend) {
        Repository repository = repositories.get(path);
        return repository == null ? Tracked.NOTHING : GitIndexParser.read(repository.index(), strip, prepend);
    }

    @Override
    public Tracked outside() {
        return Tracked.NOTHING;
    }

    /** Like git, never follows a symlink for it. Empty when it cannot be read, or is too much. */
    private Optional<String> text(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(IgnoreRules.MAX_CHARS + 1);
            if (bytes.length > Math.min(IgnoreRules.MAX_CHARS, left)) {
                return Optional.empty();
            }
            left -= bytes.length;
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
