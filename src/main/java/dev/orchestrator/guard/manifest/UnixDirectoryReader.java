package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.FileStat.Kind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads directories where the platform has the {@code unix} attributes: one {@code lstat} for each name. */
final class UnixDirectoryReader implements DirectoryReader {
    private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino";
    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 07777;

    @Override
    public Listing list(Path directory) throws IOException {
        Listing listing = new Listing();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            for (Path path : names) {
                add(path, listing);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return listing;
    }

    private static void add(Path path, Listing listing) {
        String name = NativeName.of(path);
        try {
            listing.children().add(new Child(path, name, stat(path)));
        } catch (NoSuchFileException e) {
            // Deleted since the directory was read: as if it had never been in it.
        } catch (IOException e) {
            listing.unreadable().add(name);
        }
    }

    private static FileStat stat(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int mode = (int) number(attributes, "mode");
        Kind kind = kind(mode & TYPE);
        return new FileStat(
                kind,
                mode & PERMISSIONS,
                number(attributes, "size"),
                nanos(attributes, "lastModifiedTime"),
                nanos(attributes, "ctime"),
                number(attributes, "ino"),
                target(path, kind));
    }

    private static Kind kind(int type) {
        return switch (type) {
            case 0100000 -> Kind.FILE;
            case 0120000 -> Kind.SYMLINK;
            case 0040000 -> Kind.DIRECTORY;
            default -> Kind.OTHER;
        };
    }

    private static @Nullable String target(Path path, Kind kind) throws IOException {
        return kind == Kind.SYMLINK ? NativeName.ofAll(Files.readSymbolicLink(path)) : null;
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    }
}
