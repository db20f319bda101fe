package dev.orchestrator.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Writes whole files so that a reader, or whoever comes after a crash, finds the old content or the new, never a mixture:
 * temporary file in the same directory, write, sync, rename, sync of the directory. Thread-safe.
 *
 * <p>A crash can leave {@code .NAME.N.tmp} behind, see {@link Leftovers}.
 */
public final class AtomicFile {
    static final String TEMP_SUFFIX = ".tmp";
    private static final int BUFFER = 1 << 16;
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final List<FileAttribute<?>> ANYBODY = List.of();
    private static final List<FileAttribute<?>> OWNER_ONLY =
            List.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

    private AtomicFile() {}

    /** Writes the content of a file to a stream that somebody else opens and closes. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void write(Path target, String text) throws IOException {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void write(Path target, byte[] bytes) throws IOException {
        replace(target, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
    }

    /** Like {@link #write(Path, byte[])}, for nobody else's eyes where the file system knows permissions. */
    public static void writePrivate(Path target, byte[] bytes) throws IOException {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        replace(target, channel -> writeAll(channel, ByteBuffer.wrap(bytes)), posix ? OWNER_ONLY : ANYBODY);
    }

    /**
     * Replaces {@code target}, whose directory must exist, by what {@code content} writes. When this returns the new
     * content survives a power cut; when it throws, the old content is untouched, unless only the last step failed, the
     * sync of the directory: then a power cut can bring the old content back.
     */
    public static void write(Path target, Content content) throws IOException {
        replace(target, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            content.writeTo(out);
            out.flush();
        });
    }

    /**
     * The names that the temporary files for some targets have.
     *
     * @param targets regular expression for the names of the targets
     */
    public static Pattern temporary(String targets) {
        return Pattern.compile("\\.(?:" + targets + ")\\.[0-9]+" + Pattern.quote(TEMP_SUFFIX));
    }

    private interface Filling {
        void fill(FileChannel channel) throws IOException;
    }

    private static void replace(Path target, Filling filling) throws IOException {
        replace(target, filling, ANYBODY);
    }

    private static void replace(Path target, Filling filling, List<FileAttribute<?>> attributes) throws IOException {
        Temporary temporary = Temporary.beside(target, attributes);
        try {
            temporary.fillSynced(filling);
            Moves.replace(temporary.path, target);
        } catch (IOException | RuntimeException e) {
            discard(temporary.path, e);
            throw e;
        }
        Moves.syncDirectory(directoryOf(target));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void discard(Path temp, Exception cause) {
        try {
            Moves.delete(temp);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** A new file, open for writing. */
    private record Temporary(Path path, FileChannel channel) {
        /** Takes the next name that nobody has, in this process or another. */
        static Temporary beside(Path target, List<FileAttribute<?>> attributes) throws IOException {
            Path directory = directoryOf(target);
            while (true) {
                Path path =
                        directory.resolve("." + target.getFileName() + "." + COUNTER.incrementAndGet() + TEMP_SUFFIX);
                try {
                    return new Temporary(
                            path, FileChannel.open(path, NEW, attributes.toArray(new FileAttribute<?>[0])));
                } catch (FileAlreadyExistsException e) {
                    // Left by a crash, or another process is writing: the next number.
                }
            }
        }

        void fillSynced(Filling filling) throws IOException {
            try (channel) {
                filling.fill(channel);
                channel.force(true);
            }
        }
    }

    private static Path directoryOf(Path target) {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IllegalArgumentException(target + " has no directory");
        }
        return directory;
    }
}
