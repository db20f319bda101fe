package dev.orchestrator.guard.sandbox;

import dev.orchestrator.guard.ProtectedNames;
import dev.orchestrator.guard.ProtectedPlaces;
import dev.orchestrator.guard.SecretFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What lies in a directory that its programs should not see or change: secrets, and files that tell other programs what to do.
 * Looks at the upper part of a tree only: a large one would take longer than the run's own start.
 *
 * @param secrets not to be read
 * @param protectedOnes not to be changed
 * @param pinned to be changed, but not moved away with another put in their place
 */
public record Sensitive(List<Path> secrets, List<Path> protectedOnes, List<Path> pinned) {
    private static final int MOST_ENTRIES = 5_000;
    private static final int DEEPEST = 4;
    /** Each is a mount, and `bwrap` takes some thousand arguments. */
    private static final int MOST_SECRETS = 500;

    private static final int MOST_MODULES = 1_000;
    private static final int DEEPEST_MODULE = 16;
    /** Large, and made by programs. */
    private static final Set<String> PASSED_OVER = Set.of("node_modules", "target", "build", "dist", ".venv", "venv");
    /** A commit changes the rest of it; these name programs. */
    private static final List<String> OF_GIT = List.of("hooks", "config", "config.worktree", "commondir");

    private static final List<String> OF_MERCURIAL = List.of("hgrc");

    private record Place(Path directory, int depth) {}

    /** @param skipped directories that are seen to otherwise */
    public static Sensitive in(Path root, SecretFiles names, List<Path> skipped) {
        Sensitive found = new Sensitive(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Deque<Place> open = new ArrayDeque<>(List.of(new Place(root, 1)));
        int looked = 0;
        while (!open.isEmpty() && looked < MOST_ENTRIES) {
            Place place = open.removeFirst();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(place.directory())) {
                for (Path entry : entries) {
                    looked++;
                    if (!skipped.contains(entry) && found.isOrdinary(entry, names) && place.depth() < DEEPEST) {
                        open.addLast(new Place(entry, place.depth() + 1));
                    }
                }
            } catch (IOException e) {
                // Who may not list it here may not do so inside.
            }
        }
        for (Path place : ProtectedPlaces.in(root)) {
            found.protectedOnes.addAll(Files.exists(place.resolve("HEAD")) ? ofGit(place) : List.of(place));
        }
        return found;
    }

    /** True for a directory that has to be looked into. */
    private boolean isOrdinary(Path entry, SecretFiles names) {
        Path name = entry.getFileName();
        if (names.in(name).isPresent()) {
            if (secrets.size() < MOST_SECRETS) {
                secrets.add(entry);
            }
            return false;
        }
        boolean directory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        if (ProtectedNames.in(name).isPresent()) {
            if (!Files.isSymbolicLink(entry)) {
                protect(entry, directory);
            }
            return false;
        }
        return directory && !PASSED_OVER.contains(name.toString());
    }

    /**
     * What names programs in a repository, in those of its submodules, whose names may have slashes in them, and in its other
     * work trees. Nothing when {@code directory} is none.
     */
    public static List<Path> ofGit(Path directory) {
        List<Path> found = new ArrayList<>();
        Deque<Place> open = new ArrayDeque<>();
        addRepository(directory, 1, found, open);
        for (int looked = 0; !open.isEmpty() && looked < MOST_MODULES; looked++) {
            Place place = open.removeFirst();
            // A name whose parts are directories; `HEAD` alone could be taken away for the next run to see none.
            if (Files.exists(place.directory().resolve("HEAD"))
                    || Files.exists(place.directory().resolve("config"))) {
                addRepository(place.directory(), place.depth(), found, open);
            } else {
                addAll(place.directory(), place.depth(), open);
            }
        }
        return found;
    }

    private static void addRepository(Path repository, int depth, List<Path> found, Deque<Place> open) {
        OF_GIT.forEach(part -> found.add(repository.resolve(part)));
        addAll(repository.resolve("modules"), depth, open);
        addAll(repository.resolve("worktrees"), depth, open);
    }

    private static void addAll(Path directory, int depth, Deque<Place> open) {
        if (depth > DEEPEST_MODULE) {
            return;
        }
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory, each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))) {
            entries.forEach(entry -> open.addLast(new Place(entry, depth + 1)));
        } catch (IOException e) {
            // It has none.
        }
    }

    private void protect(Path entry, boolean directory) {
        String name = entry.getFileName().toString();
        if (directory && (name.equals(".git") || name.equals(".hg") || name.equals(".svn"))) {
            pinned.add(entry);
            if (name.equals(".git")) {
                protectedOnes.addAll(ofGit(entry));
            } else if (name.equals(".hg")) {
                OF_MERCURIAL.forEach(part -> protectedOnes.add(entry.resolve(part)));
            }
        } else {
            protectedOnes.add(entry);
        }
    }
}
