package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.DirectoryReader.Child;
import dev.orchestrator.guard.manifest.DirectoryReader.Listing;
import dev.orchestrator.guard.manifest.Manifest.Entry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One walk over one directory, breadth first, so that a limit on the number of files is used up by what is near the top.
 * For one thread, once.
 */
final class ManifestWalk {
    private final Path top;
    private final Set<Path> excluded;
    private final DirectoryReader reader;
    private final int maxFiles;
    private final BooleanSupplier late;
    private final GitView git;
    private final Queue<Folder> pending = new ArrayDeque<>();
    /** After all others: what is ignored may be endless, and must not use up the limit. */
    private final Queue<Folder> pendingIgnored = new ArrayDeque<>();

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    /**
     * @param top a real path, so that what is found in it compares with {@code excluded}
     * @param late true when it has taken too long and must come to its end
     */
    ManifestWalk(
            Path top, Set<Path> excluded, DirectoryReader reader, int maxFiles, BooleanSupplier late, GitView git) {
        this.top = top;
        this.excluded = excluded;
        this.reader = reader;
        this.maxFiles = maxFiles;
        this.late = late;
        this.git = git;
    }

    /**
     * A directory to be visited.
     *
     * @param path relative to the top; empty for the top itself
     * @param trackedOnly it is ignored, and visited for the tracked files in it
     */
    private record Folder(Path directory, String path, IgnoreRules rules, Tracked tracked, boolean trackedOnly) {
        String join(String name) {
            return path.isEmpty() ? name : path + "/" + name;
        }

        Folder with(IgnoreRules otherRules, Tracked otherTracked) {
            return new Folder(directory, path, otherRules, otherTracked, trackedOnly);
        }
    }

    /** What lies in a directory, and relative paths of what could not be looked into. */
    record Found(List<Entry> entries, List<String> gaps) {}

    Found run() {
        if (excluded.stream().anyMatch(top::startsWith)) {
            gaps.add(Gaps.ALL);
        } else {
            pending.add(start());
        }
        while (!pending.isEmpty() || !pendingIgnored.isEmpty()) {
            visit(pending.isEmpty() ? pendingIgnored.remove() : pending.remove());
        }
        return new Found(entries, gaps);
    }

    private void visit(Folder folder) {
        if (entries.size() >= maxFiles || late.getAsBoolean()) {
            addGap(folder);
            return;
        }
        try {
            Listing listing = reader.list(folder.directory());
            listing.unreadable().forEach(name -> gaps.add(folder.join(name)));
            take(withGit(folder, listing), listing);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Deleted or replaced since it was listed: as if it had never been there.
        } catch (IOException e) {
            addGap(folder);
        }
    }

    private void addGap(Folder folder) {
        gaps.add(folder.path().isEmpty() ? Gaps.ALL : folder.path());
    }

    private void take(Folder folder, Listing listing) {
        for (Child child : listing.children()) {
            if (late.getAsBoolean()) {
                addGap(folder);
                return;
            }
            take(folder, child);
        }
    }

    private void take(Folder folder, Child child) {
        if (excluded.contains(child.path())) {
            return;
        }
        String path = folder.join(child.name());
        if (child.isDirectory()) {
            takeDirectory(folder, child, path);
        } else if (!isIgnored(folder, path, false) || folder.tracked().contains(path)) {
            entries.add(new Entry(
                    path,
                    child.stat(),
                    folder.tracked().blobOf(path, child.stat()).orElse(null)));
        }
    }

    private void takeDirectory(Folder folder, Child child, String path) {
        if (child.name().equals(GitOnDisk.GIT)) {
            entries.add(new Entry(path, FileStat.GIT_DIRECTORY, null));
            return;
        }
        boolean ignored = isIgnored(folder, path, true);
        if (!ignored || folder.tracked().anyBelow(path)) {
            (ignored ? pendingIgnored : pending)
                    .add(new Folder(child.path(), path, folder.rules(), folder.tracked(), ignored));
        }
    }

    private static boolean isIgnored(Folder folder, String path, boolean directory) {
        return folder.trackedOnly() || folder.rules().ignores(path, directory);
    }

    /** {@code folder} with what its own {@code .git} and {@code .gitignore} say. */
    private Folder withGit(Folder folder, Listing listing) {
        if (folder.trackedOnly()) {
            return folder;
        }
        Folder inside = git.exclude(folder.path(), folder.directory(), listing::has)
                .map(exclude -> atTop(folder, exclude))
                .orElse(folder);
        String gitignore = git.gitignore(folder.path(), folder.directory(), listing::has);
        return inside.with(inside.rules().and(gitignore, folder.path()), inside.tracked());
    }

    private Folder atTop(Folder folder, String exclude) {
        String prepend = folder.path().isEmpty() ? "" : folder.path() + "/";
        return folder.with(IgnoreRules.of(exclude, prepend.length()), git.tracked(folder.path(), "", prepend));
    }

    /** The top, by the rules of the repository around it, if there is one. */
    private Folder start() {
        Folder outside = new Folder(top, "", IgnoreRules.OUTSIDE, git.outside(), false);
        int depth = git.depth(top);
        return depth == 0 ? outside : within(depth, outside);
    }

    /** The start {@code depth} below the top of a repository; {@code outside} when it is ignored there. */
    private Folder within(int depth, Folder outside) {
        Path above = ancestor(depth);
        IgnoreRules rules = IgnoreRules.of(
                git.exclude(GitView.above(depth), above, name -> true).orElse(""), 0);
        String path = "";
        for (int step = depth; step > 0; step--) {
            above = ancestor(step);
            rules = rules.and(git.gitignore(GitView.above(step), above, name -> true), path);
            String name = NativeName.of(ancestor(step - 1));
            path = path.isEmpty() ? name : path + "/" + name;
            if (rules.ignores(path, true)) {
                return outside;
            }
        }
        String strip = path + "/";
        return outside.with(rules.seenFrom(strip), git.tracked(GitView.above(depth), strip, ""));
    }

    private Path ancestor(int steps) {
        Path above = top;
        for (int step = 0; step < steps; step++) {
            above = Objects.requireNonNull(above.getParent(), "no directory so far above " + top);
        }
        return above;
    }
}
