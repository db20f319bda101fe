package dev.orchestrator.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Renames and deletions that wait out a short hold on the file, and the sync that makes them last. Thread-safe. */
public final class Moves {
    private static final FileRetry RETRY = FileRetry.ofThisPlatform();

    private Moves() {}

    /**
     * Renames {@code source} to {@code target} in one step, replacing what is there. Both must be on one volume. The
     * rename survives a power cut only after {@link #syncDirectory}.
     */
    public static void replace(Path source, Path target) throws IOException {
        // Both options: some file systems refuse an atomic move onto an existing file without the second.
        RETRY.run(
                () -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Deletes {@code file} if it is there. */
    public static void delete(Path file) throws IOException {
        RETRY.run(() -> Files.deleteIfExists(file));
    }

    /**
     * Makes the names in {@code directory} survive a power cut. Windows has no such call and needs none; there this does
     * nothing.
     */
    public static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            if (Files.isReadable(directory) && !isWindows(directory)) {
                throw e;
            }
        }
    }

    private static boolean isWindows(Path path) {
        return "\\".equals(path.getFileSystem().getSeparator());
    }
}
