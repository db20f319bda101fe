package dev.orchestrator.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Directories with all that is in them. */
public final class Trees {
    private Trees() {}

    /**
     * Removes {@code directory}, which only its caller knows of. Follows no link. That something in it may not be written to
     * does not keep it; what cannot be removed all the same stays.
     */
    public static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Removal());
        } catch (IOException e) {
            // It is in nobody's way.
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            open(directory);
            return FileVisitResult.CONTINUE;
        }

        /** What is in a directory can be removed by whoever may write to the directory. True when that was not so. */
        private static boolean open(Path directory) throws IOException {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view == null || view.readAttributes().permissions().containsAll(OWNERS)) {
                return false;
            }
            // Not by the view: to follow no link it opens the directory, which is what cannot be done.
            Files.setPosixFilePermissions(directory, OWNERS);
            return true;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            // On Windows a file that is marked as read-only, as git's objects are, cannot be deleted.
            DosFileAttributeView dos =
                    isWindows(file) ? Files.getFileAttributeView(file, DosFileAttributeView.class) : null;
            if (dos != null && dos.readAttributes().isReadOnly()) {
                dos.setReadOnly(false);
            }
            Moves.delete(file);
            return FileVisitResult.CONTINUE;
        }

        /** A directory that cannot be listed as it is. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && open(file)) {
                Files.walkFileTree(file, this);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) throws IOException {
            try {
                Moves.delete(directory);
            } catch (DirectoryNotEmptyException e) {
                // Of the rest all goes that can.
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isWindows(Path file) {
            return "\\".equals(file.getFileSystem().getSeparator());
        }
    }
}
