package dev.orchestrator.testkit.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names: as everybody sees them, and as they are on disk for certain. */
final class DiskDirectory implements DiskNode {
    private SortedMap<String, DiskNode> synced = new TreeMap<>();
    private final SortedMap<String, DiskNode> names = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    /** Whether a change lasts. One for both names of a move: every file system that keeps a log moves in one step. */
    private static final class Fate {
        private boolean decided;
        private boolean kept;

        void decide(boolean lasts) {
            kept = decided ? kept : lasts;
            decided = true;
        }
    }

    /**
     * A name that comes, goes or leads elsewhere.
     *
     * @param node null for a name that goes
     */
    private record Change(String name, @Nullable DiskNode node, Fate fate) {
        void on(SortedMap<String, DiskNode> map) {
            if (node == null) {
                map.remove(name);
            } else {
                map.put(name, node);
            }
        }
    }

    SortedMap<String, DiskNode> names() {
        return names;
    }

    void put(String name, DiskNode node) {
        change(new Change(name, node, new Fate()));
    }

    void remove(String name) {
        change(new Change(name, null, new Fate()));
    }

    static void move(DiskDirectory from, String name, DiskDirectory to, String newName) {
        Fate fate = new Fate();
        to.change(new Change(newName, from.names.get(name), fate));
        from.change(new Change(name, null, fate));
    }

    private void change(Change change) {
        change.on(names);
        unsynced.add(change);
    }

    void sync() {
        unsynced.forEach(change -> change.fate.decide(true));
        unsynced.clear();
        synced = new TreeMap<>(names);
    }

    /** Decides which changes are left; to be asked of all directories before {@link #after}. */
    void lose(DiskLoss loss) {
        unsynced.stream()
                .map(Change::fate)
                .filter(fate -> !fate.decided)
                .forEach(fate -> fate.decide(loss.keepsName()));
    }

    SortedMap<String, DiskNode> after() {
        SortedMap<String, DiskNode> left = new TreeMap<>(synced);
        for (Change change : unsynced) {
            if (change.fate.kept) {
                change.on(left);
            }
        }
        return left;
    }
}
