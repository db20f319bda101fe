package dev.orchestrator.guard.manifest;

import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Keeps a {@link Manifest} on disk, so that a daemon that starts while a run goes on still knows the state before it.
 *
 * <p>The file is gzipped text, see {@link ManifestLines}. It is put in place by a rename and not synced: a power cut ends
 * the run as well, and a file that did not get to the disk whole is recognised.
 */
public final class ManifestFile {
    private static final int BUFFER = 1 << 16;

    private ManifestFile() {}

    /** Replaces {@code target}, whose directory must exist. For one writer of a {@code target} at a time. */
    public static void write(Path target, Manifest manifest) throws IOException {
        Path temp = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            try (Writer out = writer(temp)) {
                ManifestLines.write(manifest, out);
            }
            Moves.replace(temp, target);
        } catch (IOException | RuntimeException e) {
            discard(temp, e);
            throw e;
        }
    }

    /**
     * Empty when there is no such file, or when it is torn, damaged or of another version.
     *
     * @throws IOException when it is there and cannot be read
     */
    public static Optional<Manifest> read(Path source) throws IOException {
        try (BufferedReader in = reader(source)) {
            return ManifestLines.read(in);
        } catch (NoSuchFileException | EOFException | ZipException e) {
            return Optional.empty();
        }
    }

    private static Writer writer(Path file) throws IOException {
        OutputStream out = new FastGzip(Channels.newOutputStream(PrivateFile.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)));
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    }

    private static BufferedReader reader(Path file) throws IOException {
        GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER);
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), BUFFER);
    }

    private static void discard(Path temp, Exception cause) {
        try {
            Moves.delete(temp);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** The constructor has no parameter for the level. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
