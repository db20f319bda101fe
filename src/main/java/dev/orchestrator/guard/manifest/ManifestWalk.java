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
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One walk over one directory, breadth first, so that a limit on the number of files is used up by what is near the top.
 * For one thread, once.
 */
final class ManifestWalk {
    private static final String GIT = ".git";
    private static final String GITIGNORE = ".gitignore";

    private final Path top;
    private final Set<Path> excluded;
    private final DirectoryReader reader;
    private final int maxFiles;
    private final BooleanSupplier late;
    private final Optional<Tracked> known;
    private final Queue<Folder> pending = new ArrayDeque<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    /**
     * @param top a real path, so that what is found in it compares with {@code excluded}
     * @param late true when it has taken too long and must come to its end
     * @param known what counts as tracked; when empty, what git's indexes say
     */
    ManifestWalk(
            Path top,
            Set<Path> excluded,
            DirectoryReader reader,
            int maxFiles,
            BooleanSupplier late,
            Optional<Tracked> known) {
        this.top = top;
        this.excluded = excluded;
        this.reader = reader;
        this.maxFiles = maxFiles;
        this.late = late;
        this.known = known;
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

    Manifest run() {
        if (excluded.stream().anyMatch(top::startsWith)) {
            gaps.add(Gaps.ALL);
        } else {
            pending.add(start());
        }
        while (!pending.isEmpty()) {
            visit(pending.remove());
        }
        return Manifest.of(top, entries, gaps);
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
        if (child.name().equals(GIT)) {
            return;
        }
        boolean ignored = isIgnored(folder, path, true);
        if (!ignored || folder.tracked().anyBelow(path)) {
            pending.add(new Folder(child.path(), path, folder.rules(), folder.tracked(), ignored));
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
        Folder inside = folder;
        if (has(listing, GIT)) {
            Optional<Repository> own = Repository.at(folder.directory());
            inside = own.map(repository -> atTopOf(repository, folder)).orElse(folder);
        }
        if (has(listing, GITIGNORE)) {
            Path gitignore = folder.directory().resolve(GITIGNORE);
            inside = inside.with(inside.rules().and(gitignore, folder.path()), inside.tracked());
        }
        return inside;
    }

    private static boolean has(Listing listing, String name) {
        return listing.children().stream().anyMatch(child -> child.name().equals(name));
    }

    private Folder atTopOf(Repository repository, Folder folder) {
        String prepend = folder.path().isEmpty() ? "" : folder.path() + "/";
        IgnoreRules rules = IgnoreRules.of(repository, prepend.length());
        return folder.with(rules, known.orElseGet(() -> GitIndexParser.read(repository.index(), "", prepend)));
    }

    private Folder start() {
        Folder outside = new Folder(top, "", IgnoreRules.OUTSIDE, known.orElse(Tracked.NOTHING), false);
        return Repository.containing(top)
                .filter(repository -> !repository.top().equals(top))
                .map(repository -> startWithin(repository, outside))
                .orElse(outside);
    }

    /** The start in a directory below the top of its repository; {@code outside} when it is ignored there. */
    private Folder startWithin(Repository repository, Folder outside) {
        IgnoreRules rules = IgnoreRules.of(repository, 0);
        Path above = repository.top();
        String path = "";
        for (Path name : repository.top().relativize(top)) {
            rules = rules.and(above.resolve(GITIGNORE), path);
            above = above.resolve(name);
            path = path.isEmpty() ? NativeName.of(name) : path + "/" + NativeName.of(name);
            if (rules.ignores(path, true)) {
                return outside;
            }
        }
        String strip = path + "/";
        Tracked tracked = known.orElseGet(() -> GitIndexParser.read(repository.index(), strip, ""));
        return outside.with(rules.seenFrom(strip), tracked);
    }
}
