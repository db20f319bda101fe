package dev.orchestrator.guard.staging;

import dev.orchestrator.guard.manifest.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory into which a change is to come. A path in it that leads through a link is none in it.
 *
 * @param path absolute
 */
record Directory(Path path) {

    /**
     * The directories on the way to a file.
     *
     * @param problem why it cannot be gone; null when it can
     * @param missing those that are not there, relative
     */
    record Parents(@Nullable String problem, List<String> missing) {}

    /** @param removed files that will be gone, so that a directory can come in the place of one */
    Parents parentsOf(String file, Set<String> removed) throws IOException {
        if (leadsOut(file)) {
            return new Parents("leads out of the directory", List.of());
        }
        List<String> missing = new ArrayList<>();
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            String parent = file.substring(0, slash);
            Kind kind = kind(FileNames.resolve(path, parent));
            if (kind == Kind.NOTHING) {
                missing.add(parent);
            } else if (kind != Kind.DIRECTORY && removed.contains(parent)) {
                return new Parents(null, allFrom(file, parent));
            } else if (kind != Kind.DIRECTORY) {
                return new Parents("`" + parent + "` is " + (kind == Kind.LINK ? "a link" : "no directory"), List.of());
            }
        }
        return new Parents(null, missing);
    }

    private static boolean leadsOut(String file) {
        return file.isEmpty()
                || Stream.of(file.split("/", -1))
                        .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    }

    /** True when {@code relative} is a directory and no link is on the way to it. */
    boolean isDirectory(String relative) throws IOException {
        return parentsOf(relative, Set.of()).problem() == null
                && kind(FileNames.resolve(path, relative)) == Kind.DIRECTORY;
    }

    /**
     * What keeps the directory {@code relative} from going with the last file in it; empty when nothing does.
     *
     * @param removed files that will be gone; a directory goes with the last of them
     */
    Optional<String> leftIn(String relative, Set<String> removed) throws IOException {
        boolean goes = removed.stream().anyMatch(file -> file.startsWith(relative + "/"));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(FileNames.resolve(path, relative))) {
            Iterator<Path> each = entries.iterator();
            if (!goes || !each.hasNext()) {
                return Optional.of(relative);
            }
            Optional<String> left = Optional.empty();
            while (left.isEmpty() && each.hasNext()) {
                Path entry = each.next();
                String name = relative + "/" + FileNames.of(entry.getFileName());
                left = kind(entry) == Kind.DIRECTORY
                        ? leftIn(name, removed)
                        : Optional.of(name).filter(file -> !removed.contains(file));
            }
            return left;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** What is at {@code file}: nothing, when the way to it leads through a link or a file. */
    Look look(String file) throws IOException {
        return parentsOf(file, Set.of()).problem() == null ? Look.at(FileNames.resolve(path, file)) : Look.NOTHING;
    }

    /** Of the directories around {@code file} that are there, as {@code rwxr-xr-x}; none where the platform has none. */
    Map<String, String> permissionsOnTheWayTo(String file) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            String parent = file.substring(0, slash);
            Path place = FileNames.resolve(path, parent);
            PosixFileAttributeView view =
                    Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                found.put(
                        parent,
                        PosixFilePermissions.toString(view.readAttributes().permissions()));
            }
        }
        return found;
    }

    private static List<String> allFrom(String file, String parent) {
        List<String> all = new ArrayList<>();
        for (int slash = parent.length(); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            all.add(file.substring(0, slash));
        }
        return all;
    }

    private enum Kind {
        NOTHING,
        DIRECTORY,
        LINK,
        OTHER
    }

    private static Kind kind(Path path) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isSymbolicLink() ? Kind.LINK : found.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
        } catch (NoSuchFileException e) {
            return Kind.NOTHING;
        }
    }
}
