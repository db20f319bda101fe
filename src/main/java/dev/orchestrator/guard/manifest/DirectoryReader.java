package dev.orchestrator.guard.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists one directory with the stat of each name in it. Thread-safe. */
@FunctionalInterface
interface DirectoryReader {

    /**
     * @throws java.nio.file.NoSuchFileException when the directory is gone
     * @throws IOException when it cannot be read to its end
     */
    Listing list(Path directory) throws IOException;

    /** The one for the platform: each file costs one system call on POSIX, none of its own on Windows. */
    static DirectoryReader ofThisPlatform() {
        DirectoryReader posix = new UnixDirectoryReader();
        DirectoryReader other = new BasicDirectoryReader();
        return directory -> {
            boolean unix =
                    directory.getFileSystem().supportedFileAttributeViews().contains("unix");
            return (unix ? posix : other).list(directory);
        };
    }

    /** A name in a directory. */
    record Child(Path path, String name, FileStat stat) {
        boolean isDirectory() {
            return stat.kind() == FileStat.Kind.DIRECTORY;
        }
    }

    /** What is in a directory; a name of which the stat was refused is in {@code unreadable} only. */
    record Listing(List<Child> children, List<String> unreadable) {
        Listing() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        boolean has(String name) {
            return children.stream().anyMatch(child -> child.name().equals(name));
        }
    }
}
