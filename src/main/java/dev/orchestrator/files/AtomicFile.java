package dev.orchestrator.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Writes whole files so that a reader, or whoever comes after a crash, finds the old content or the new, never a mixture:
 * temporary file in the same directory, write, sync, rename, sync of the directory. What is written is {@linkplain PrivateFile
 * private}. Thread-safe.
 *
 * <p>A crash can leave {@code .NAME.N.tmp} behind, see {@link Leftovers}.
 */
public final class AtomicFile {
    static final String TEMP_SUFFIX = ".tmp";
    private static final int BUFFER = 1 << 16;
    private static final AtomicLong COUNTER = new AtomicLong();

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
        replace(target, PrivateFile::open, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
    }

    /** As {@link #write(Path, byte[])}, for a file that others may read, as far as the user's own mask lets them. */
    public static void writeShared(Path target, byte[] bytes) throws IOException {
        replace(target, FileChannel::open, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
    }

    /**
     * Replaces {@code target}, whose directory must exist, by what {@code content} writes. When this returns the new
     * content survives a power cut; when it throws, the old content is untouched, unless only the last step failed, the
     * sync of the directory: then a power cut can bring the old content back.
     */
    public static void write(Path target, Content content) throws IOException {
        replace(target, PrivateFile::open, channel -> {
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

    private interface Opening {
        FileChannel open(Path path, OpenOption... options) throws IOException;
    }

    private interface Filling {
        void fill(FileChannel channel) throws IOException;
    }

    private static void replace(Path target, Opening opening, Filling filling) throws IOException {
        Temporary temporary = Temporary.beside(target, opening);
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
        static Temporary beside(Path target, Opening opening) throws IOException {
            Path directory = directoryOf(target);
            while (true) {
                Path path =
                        directory.resolve("." + target.getFileName() + "." + COUNTER.incrementAndGet() + TEMP_SUFFIX);
                try {
                    return new Temporary(
                            path, opening.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
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
