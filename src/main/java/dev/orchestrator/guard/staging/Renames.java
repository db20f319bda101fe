package dev.orchestrator.guard.staging;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.diff.SimilarityIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.jspecify.annotations.Nullable;

/** Tells a file that was moved from one that was removed and another that was added. */
final class Renames {
    private static final int FULL = 100;
    private static final int LEAST = 50;
    /** Of each side; comparing all with all takes the square of it. */
    private static final int MOST = 50;

    private static final long LARGEST = 1L << 20;

    private Renames() {}

    /**
     * One entry of a patch.
     *
     * @param from the change that has the content before; of a file that was not moved, the same as {@code to}
     * @param similarity in percent
     */
    record Pair(Change from, Change to, int similarity) {
        Pair(Change change) {
            this(change, change, FULL);
        }

        boolean isRename() {
            return !from.equals(to);
        }
    }

    /** In the order of the paths; one that was moved stands where it is now. */
    static List<Pair> in(List<Change> changes, Blobs blobs) throws IOException {
        List<Change> removed = new ArrayList<>();
        List<Change> added = new ArrayList<>();
        for (Change change : changes) {
            if (change.after() == null && change.before() != null) {
                removed.add(change);
            } else if (change.before() == null && change.after() != null) {
                added.add(change);
            }
        }
        Map<String, Pair> pairs = new TreeMap<>();
        Set<Change> taken = new HashSet<>();
        pairUpSame(removed, added, taken, pairs);
        if (left(removed, taken) <= MOST && left(added, taken) <= MOST) {
            Similarity similarity = new Similarity(blobs);
            pairUp(removed, added, taken, pairs, similarity::of);
        }
        for (Change change : changes) {
            if (!taken.contains(change)) {
                pairs.put(change.path(), new Pair(change));
            }
        }
        return List.copyOf(pairs.values());
    }

    /** By their hashes: comparing all with all takes hours when a large directory was moved. */
    private static void pairUpSame(
            List<Change> removed, List<Change> added, Set<Change> taken, Map<String, Pair> pairs) {
        Map<String, Deque<Change>> byContent = new HashMap<>();
        for (Change from : removed) {
            Version before = from.before();
            if (before != null && canBe(before, before)) {
                byContent
                        .computeIfAbsent(before.sha256(), key -> new ArrayDeque<>())
                        .add(from);
            }
        }
        for (Change to : added) {
            Version after = to.after();
            Deque<Change> same = after == null ? null : byContent.get(after.sha256());
            Version before =
                    same == null || same.isEmpty() ? null : same.getFirst().before();
            if (same != null && before != null && after != null && canBe(before, after)) {
                Change from = same.removeFirst();
                taken.add(from);
                taken.add(to);
                pairs.put(to.path(), new Pair(from, to, FULL));
            }
        }
    }

    private interface Comparing {
        int percent(Version before, Version after) throws IOException;
    }

    private static long left(List<Change> all, Set<Change> taken) {
        return all.stream().filter(change -> !taken.contains(change)).count();
    }

    private static void pairUp(
            List<Change> removed, List<Change> added, Set<Change> taken, Map<String, Pair> pairs, Comparing comparing)
            throws IOException {
        for (Change to : added) {
            if (!taken.contains(to)) {
                Optional<Pair> best = best(removed, to, taken, comparing);
                best.ifPresent(pair -> {
                    taken.add(pair.from());
                    taken.add(to);
                    pairs.put(to.path(), pair);
                });
            }
        }
    }

    private static Optional<Pair> best(List<Change> removed, Change to, Set<Change> taken, Comparing comparing)
            throws IOException {
        List<Pair> candidates = new ArrayList<>();
        for (Change from : removed) {
            Version before = from.before();
            Version after = to.after();
            if (!taken.contains(from) && before != null && after != null && canBe(before, after)) {
                candidates.add(new Pair(from, to, comparing.percent(before, after)));
            }
        }
        return candidates.stream()
                .filter(pair -> pair.similarity() >= LEAST)
                .max(Comparator.comparingInt(Pair::similarity));
    }

    /** Empty files are all alike. */
    private static boolean canBe(Version before, Version after) {
        boolean links = before.kind() == Version.Kind.LINK || after.kind() == Version.Kind.LINK;
        return !links && before.bytes() > 0 && after.bytes() > 0;
    }

    /** How much of their content files have in common, as git counts it. */
    private static final class Similarity {
        private final Blobs blobs;
        private final Map<String, SimilarityIndex> known = new HashMap<>();

        Similarity(Blobs blobs) {
            this.blobs = blobs;
        }

        int of(Version before, Version after) throws IOException {
            if (before.bytes() > LARGEST || after.bytes() > LARGEST) {
                return 0;
            }
            SimilarityIndex old = index(before);
            SimilarityIndex now = index(after);
            return old == null || now == null ? 0 : Math.min(FULL - 1, old.score(now, FULL));
        }

        private @Nullable SimilarityIndex index(Version version) throws IOException {
            if (!known.containsKey(version.sha256())) {
                byte[] content = blobs.read(version);
                try {
                    known.put(
                            version.sha256(),
                            SimilarityIndex.create(new ObjectLoader.SmallObject(Constants.OBJ_BLOB, content)));
                } catch (SimilarityIndex.TableFullException e) {
                    return null;
                }
            }
            return known.get(version.sha256());
        }
    }
}
