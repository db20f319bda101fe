package dev.orchestrator.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Tries a file operation again while another program holds the file.
 *
 * <p>On Windows an open file cannot be replaced, moved or deleted, and virus scanners, indexers and editors open files
 * for moments at any time; the operation then fails with {@link AccessDeniedException} or a sharing violation, a bare
 * {@link FileSystemException}. Elsewhere the same exceptions mean a lasting problem and are not retried.
 */
final class FileRetry {
    /** About 2.5 s in all; shorter windows turned out too small for scanners in other projects. */
    private static final long[] WINDOWS_PAUSES_MS = {10, 20, 40, 80, 150, 200, 200, 300, 500, 500, 500};

    private final long[] pausesMillis;
    private final LongConsumer pause;

    FileRetry(long[] pausesMillis, LongConsumer pause) {
        this.pausesMillis = pausesMillis.clone();
        this.pause = pause;
    }

    static FileRetry ofThisPlatform() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return new FileRetry(
                windows ? WINDOWS_PAUSES_MS : new long[0], millis -> LockSupport.parkNanos(millis * 1_000_000));
    }

    /** An operation on files. */
    @FunctionalInterface
    interface Operation {
        void run() throws IOException;
    }

    /** Runs {@code operation} until it succeeds, fails for a lasting reason, or the pauses are used up. */
    void run(Operation operation) throws IOException {
        for (long millis : pausesMillis) {
            try {
                operation.run();
                return;
            } catch (FileSystemException e) {
                if (!mayPass(e)) {
                    throw e;
                }
                pause.accept(millis);
            }
        }
        operation.run();
    }

    private static boolean mayPass(FileSystemException e) {
        return !(e instanceof NoSuchFileException
                || e instanceof FileAlreadyExistsException
                || e instanceof NotDirectoryException
                || e instanceof DirectoryNotEmptyException
                || e instanceof AtomicMoveNotSupportedException);
    }
}
