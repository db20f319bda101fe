package dev.orchestrator.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and directories that nobody but their owner may read or change. They are made so, not changed afterwards, so there is
 * no moment in which somebody else could open them. Where the file system knows no permissions of POSIX, as on Windows, they
 * get what their directory hands down.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final FileAttribute<?>[] FILE = {attribute("rw-------")};
    private static final FileAttribute<?>[] DIRECTORY = {attribute("rwx------")};
    private static final FileAttribute<?>[] NONE = {};

    private PrivateFile() {}

    /** Opens {@code file}; should {@code options} create it, it is private. One that is there keeps its permissions. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), attributes(file, FILE));
    }

    /** Makes {@code file} hold {@code bytes}, in place and without a sync. */
    public static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    /** Makes {@code file}, empty, for another program to write into. One that is there becomes private. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException e) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                tighten(file);
            }
        }
    }

    /** Makes {@code directory} and what is missing above it. One that is there keeps its permissions. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, attributes(directory, DIRECTORY));
    }

    /** Takes from everybody but the owner what they may do with {@code path}; answers whether there was anything to take. */
    public static boolean tighten(Path path) throws IOException {
        if (!isPosix(path)) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        Set<PosixFilePermission> kept = EnumSet.copyOf(OWNERS);
        kept.retainAll(permissions);
        if (kept.equals(permissions)) {
            return false;
        }
        Files.setPosixFilePermissions(path, kept);
        return true;
    }

    private static FileAttribute<?> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static FileAttribute<?>[] attributes(Path path, FileAttribute<?>[] ofPosix) {
        return isPosix(path) ? ofPosix : NONE;
    }

    private static boolean isPosix(Path path) {
        FileSystem system = path.getFileSystem();
        return system.supportedFileAttributeViews().contains("posix");
    }
}
