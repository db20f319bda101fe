package dev.orchestrator.guard.staging;

import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Contents of files, {@code logs/runs/ID/files/SHA256}: each once, under the hash of what it holds, so that one that was torn
 * or tampered with is told from the right one. For one thread at a time.
 */
final class Blobs {
    private static final int BUFFER = 1 << 16;
    private static final String TEMPORARY = ".new";

    private final Path directory;

    Blobs(Path directory) {
        this.directory = directory;
    }

    /** What was kept is not what it was, and will not be again. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        private Damaged(Path file) {
            super(file + " is not what it was");
        }
    }

    /** What was put in. */
    record Stored(String sha256, long bytes) {}

    /** Keeps what {@code in} holds; it is on disk afterwards, its name once {@link #sync} was called. */
    Stored put(InputStream in) throws IOException {
        PrivateFile.createDirectories(directory);
        Path temporary = directory.resolve(TEMPORARY);
        Files.deleteIfExists(temporary);
        MessageDigest digest = sha256();
        long bytes = 0;
        try (FileChannel out = PrivateFile.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                write(out, buffer, read);
                bytes += read;
            }
            out.force(true);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        Moves.replace(temporary, file(hash));
        return new Stored(hash, bytes);
    }

    private static void write(FileChannel out, byte[] buffer, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(buffer, 0, length);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    /** What was put in survives a power cut from here on. */
    void sync() throws IOException {
        if (Files.isDirectory(directory)) {
            Moves.syncDirectory(directory);
        }
    }

    InputStream open(Version version) throws IOException {
        return Files.newInputStream(file(version.sha256()));
    }

    /** The whole content; refuses one that is not what it was. */
    byte[] read(Version version) throws IOException {
        byte[] content = Files.readAllBytes(file(version.sha256()));
        if (!HexFormat.of().formatHex(sha256().digest(content)).equals(version.sha256())) {
            throw new Damaged(file(version.sha256()));
        }
        return content;
    }

    /** As {@link #put}, but nothing is kept. */
    static Stored measure(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            bytes += read;
        }
        return new Stored(HexFormat.of().formatHex(digest.digest()), bytes);
    }

    /** Only counts what is written to it. */
    static DigestOutputStream digesting() {
        return new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
    }

    private Path file(String sha256) {
        return directory.resolve(sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
