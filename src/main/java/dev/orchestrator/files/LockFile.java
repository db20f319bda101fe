package dev.orchestrator.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one process on this machine can hold, and that the operating system gives back when the process dies in
 * whatever way. The file is never deleted: deleting a locked file would let a third process lock a new one beside it.
 * Nothing is written into it, since on Windows nobody else could read it while it is locked.
 *
 * <p>On Unix a process gives back all its locks on a file when it closes any of its channels to it. So the files that are
 * locked here are known by name, and are never opened a second time.
 */
public final class LockFile implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path name;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private LockFile(Path name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        this.identity = identity(name);
    }

    /**
     * False when the file was removed, or another is in its place: then somebody else can have the same lock. True where a
     * file cannot be told from another, as on Windows, which does not let go of one that is open.
     */
    public boolean isStillThere() {
        try {
            return Objects.equals(identity(name), identity);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Takes the lock on {@code file}, or answers empty at once when somebody has it, in this process or another. */
    public static Optional<LockFile> tryAcquire(Path file) throws IOException {
        Path name = nameOf(file);
        if (!HELD.add(name)) {
            return Optional.empty();
        }
        Optional<LockFile> lock = Optional.empty();
        try {
            lock = lock(name);
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(name);
            }
        }
        return lock;
    }

    /** Gives the lock back; a second call does nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(name);
        }
    }

    private static Optional<LockFile> lock(Path name) throws IOException {
        FileChannel channel = PrivateFile.open(name, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            return locked ? Optional.of(new LockFile(name, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** One name for one file, however its directory was written. */
    private static Path nameOf(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return directory.toRealPath().resolve(absolute.getFileName());
    }
}
