package dev.orchestrator.guard.manifest;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Relative paths that could not be looked into. Immutable. */
final class Gaps {
    static final String ALL = ".";

    private final SortedSet<String> paths;

    Gaps(SortedSet<String> paths) {
        this.paths = new TreeSet<>(paths);
    }

    List<String> list() {
        return List.copyOf(paths);
    }

    Gaps and(Gaps other) {
        TreeSet<String> all = new TreeSet<>(paths);
        all.addAll(other.paths);
        return new Gaps(all);
    }

    /** True when {@code path}, or a directory it lies in, could not be looked into. */
    boolean covers(String path) {
        if (paths.isEmpty()) {
            return false;
        }
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return paths.contains(ALL);
    }
}
