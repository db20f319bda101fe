package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.FileChange.Change;
import dev.orchestrator.guard.manifest.FileStat.Kind;
import dev.orchestrator.guard.manifest.Manifest.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through two manifests side by side. Nothing is claimed about a file that only one of them has when the other could
 * not look where it lies.
 */
final class Comparison {
    private final Gaps gapsBefore;
    private final Gaps gapsAfter;
    private final Hasher hasher;
    private final List<FileChange> changes = new ArrayList<>();

    Comparison(Gaps gapsBefore, Gaps gapsAfter, Hasher hasher) {
        this.gapsBefore = gapsBefore;
        this.gapsAfter = gapsAfter;
        this.hasher = hasher;
    }

    /** Both sorted by path. */
    ChangeList of(List<Entry> before, List<Entry> after) {
        int b = 0;
        int a = 0;
        while (b < before.size() || a < after.size()) {
            int order = order(before, b, after, a);
            if (order < 0) {
                deleted(before.get(b++));
            } else if (order > 0) {
                added(after.get(a++));
            } else {
                kept(before.get(b++), after.get(a++));
            }
        }
        return new ChangeList(changes, gapsBefore.and(gapsAfter).list());
    }

    private static int order(List<Entry> before, int b, List<Entry> after, int a) {
        if (b == before.size()) {
            return 1;
        }
        return a == after.size()
                ? -1
                : before.get(b).path().compareTo(after.get(a).path());
    }

    private void deleted(Entry before) {
        if (!gapsAfter.covers(before.path())) {
            changes.add(new FileChange(before.path(), Change.DELETED, 0, null));
        }
    }

    private void added(Entry after) {
        if (!gapsBefore.covers(after.path())) {
            add(after, Change.ADDED, hasher.sha256(after));
        }
    }

    private void kept(Entry before, Entry after) {
        FileStat was = before.stat();
        FileStat is = after.stat();
        if (was.equals(is) || isSameLink(was, is)) {
            return;
        }
        if (before.blob() == null || !mayBeSameContent(was, is)) {
            add(after, Change.MODIFIED, hasher.sha256(after));
            return;
        }
        Optional<Hasher.Digests> digests = hasher.digests(after);
        if (digests.isEmpty() || !digests.get().blob().equals(before.blob())) {
            add(after, Change.MODIFIED, digests.map(Hasher.Digests::sha256));
        }
    }

    private void add(Entry after, Change change, Optional<String> sha256) {
        changes.add(new FileChange(after.path(), change, after.stat().size(), sha256.orElse(null)));
    }

    /** The target is the whole content of a symlink. */
    private static boolean isSameLink(FileStat was, FileStat is) {
        return was.kind() == Kind.SYMLINK
                && is.kind() == Kind.SYMLINK
                && String.valueOf(was.target()).equals(is.target());
    }

    private static boolean mayBeSameContent(FileStat was, FileStat is) {
        return was.kind() == is.kind() && was.size() == is.size() && was.permissions() == is.permissions();
    }
}
