package dev.orchestrator.guard.manifest;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What git's ignore files said at one moment, by the directory they lie in, see {@link GitView}. Immutable.
 *
 * @param excludes an entry for the top of each repository
 * @param gitignores where there are rules
 */
record IgnoreFiles(SortedMap<String, String> excludes, SortedMap<String, String> gitignores) {
    static final IgnoreFiles NONE = new IgnoreFiles(Collections.emptySortedMap(), Collections.emptySortedMap());

    IgnoreFiles {
        excludes = Collections.unmodifiableSortedMap(new TreeMap<>(excludes));
        gitignores = Collections.unmodifiableSortedMap(new TreeMap<>(gitignores));
    }

    /** These rules for a walk that also looks at {@code known}, whatever they say of it. */
    GitView with(Tracked known) {
        return new Remembered(this, known);
    }

    private record Remembered(IgnoreFiles files, Tracked known) implements GitView {
        @Override
        public int depth(Path directory) {
            int depth = 0;
            while (depth < directory.getNameCount() && !files.excludes.containsKey(GitView.above(depth))) {
                depth++;
            }
            return files.excludes.containsKey(GitView.above(depth)) ? depth : 0;
        }

        @Override
        public Optional<String> exclude(String path, Path directory, Predicate<String> names) {
            return Optional.ofNullable(files.excludes.get(path));
        }

        @Override
        public String gitignore(String path, Path directory, Predicate<String> names) {
            return files.gitignores.getOrDefault(path, "");
        }

        @Override
        public Tracked tracked(String path, String strip, String prepend) {
            return known;
        }

        @Override
        public Tracked outside() {
            return known;
        }
    }
}
