package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.FileStat.Kind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories with what every file system has: kind, size and time of modification. A walk of depth one, because
 * on Windows only the walk hands on the attributes that came with the directory; asking for them opens each file, and
 * every virus scanner looks at each file that is opened.
 */
final class BasicDirectoryReader implements DirectoryReader {

    @Override
    public Listing list(Path directory) throws IOException {
        Listing listing = new Listing();
        Files.walkFileTree(directory, Set.of(), 1, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (path.equals(directory)) {
                    throw new NoSuchFileException(directory.toString(), null, "no directory any more");
                }
                add(path, attributes, listing);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
                if (path.equals(directory)) {
                    throw e;
                }
                addFailed(path, e, listing);
                return FileVisitResult.CONTINUE;
            }
        });
        return listing;
    }

    private static void add(Path path, BasicFileAttributes attributes, Listing listing) {
        try {
            listing.children().add(new Child(path, NativeName.of(path), stat(path, attributes)));
        } catch (IOException e) {
            addFailed(path, e, listing);
        }
    }

    /** A file that was deleted since the directory was read is as if it had never been in it. */
    private static void addFailed(Path path, IOException e, Listing listing) {
        if (!(e instanceof NoSuchFileException)) {
            listing.unreadable().add(NativeName.of(path));
        }
    }

    private static FileStat stat(Path path, BasicFileAttributes attributes) throws IOException {
        Kind kind = kind(attributes);
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return new FileStat(kind, 0, attributes.size(), modified, 0, 0, target(path, kind));
    }

    private static Kind kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        if (attributes.isOther()) {
            // Asked before isDirectory: a Windows junction is both, and must not be walked into.
            return Kind.OTHER;
        }
        return attributes.isDirectory() ? Kind.DIRECTORY : Kind.FILE;
    }

    private static @Nullable String target(Path path, Kind kind) throws IOException {
        return kind == Kind.SYMLINK ? NativeName.ofAll(Files.readSymbolicLink(path)) : null;
    }
}
