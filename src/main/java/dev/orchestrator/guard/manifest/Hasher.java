package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.FileStat.Kind;
import dev.orchestrator.guard.manifest.Manifest.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Hashes files of one directory, until it has read enough. For one thread. */
final class Hasher {
    private static final long MAX_FILE = 64L << 20;
    private static final long MAX_TOTAL = 1L << 30;
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final long maxFile;
    private final byte[] buffer = new byte[BUFFER];
    private long left;

    Hasher(Path directory) {
        this(directory, MAX_FILE, MAX_TOTAL);
    }

    /**
     * @param maxFile bytes up to which a file is read
     * @param maxTotal bytes that are read in all; what does not fit into the rest of it is not hashed
     */
    Hasher(Path directory, long maxFile, long maxTotal) {
        this.directory = directory;
        this.maxFile = maxFile;
        this.left = maxTotal;
    }

    /** @param blob the id that git would give the content */
    record Digests(String sha256, ObjectId blob) {}

    /** Empty when it is no regular file, too large, or cannot be read. */
    Optional<String> sha256(Entry file) {
        MessageDigest sha256 = digest("SHA-256");
        return read(file, sha256) ? Optional.of(hex(sha256)) : Optional.empty();
    }

    /** Both hashes from one reading; empty as in {@link #sha256}. */
    Optional<Digests> digests(Entry file) {
        MessageDigest sha256 = digest("SHA-256");
        MessageDigest blob = digest("SHA-1");
        blob.update(("blob " + file.stat().size() + "\0").getBytes(StandardCharsets.UTF_8));
        return read(file, sha256, blob)
                ? Optional.of(new Digests(hex(sha256), ObjectId.fromRaw(blob.digest())))
                : Optional.empty();
    }

    private boolean read(Entry file, MessageDigest... digests) {
        long limit = Math.min(maxFile, left);
        if (file.stat().kind() != Kind.FILE || file.stat().size() > limit) {
            return false;
        }
        Path path = NativeName.resolve(directory, file.path());
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return feed(in, limit, digests);
        } catch (IOException e) {
            // Deleted or locked since it was seen: changed all the same, only its hash is not known.
            return false;
        }
    }

    private boolean feed(InputStream in, long limit, MessageDigest... digests) throws IOException {
        long total = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            total += read;
            left -= read;
            if (total > limit) {
                return false;
            }
            for (MessageDigest digest : digests) {
                digest.update(buffer, 0, read);
            }
        }
        return true;
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is in every JDK", e);
        }
    }
}
