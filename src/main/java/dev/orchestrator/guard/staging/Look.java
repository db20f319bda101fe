package dev.orchestrator.guard.staging;

import dev.orchestrator.guard.staging.Version.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is at a path; links are not followed.
 *
 * @param version null when there is nothing, or when {@code other}
 * @param other true for a directory, a device and the like
 */
record Look(@Nullable Version version, boolean other) {
    static final Look NOTHING = new Look(null, false);
    private static final Look OTHER = new Look(null, true);

    /** Reads the whole file for its hash. */
    static Look at(Path file) throws IOException {
        return at(file, Blobs::measure);
    }

    /** Reads the whole file and keeps it. */
    static Look keeping(Path file, Blobs blobs) throws IOException {
        return at(file, blobs::put);
    }

    private interface Taking {
        Blobs.Stored take(InputStream content) throws IOException;
    }

    private static Look at(Path file, Taking taking) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return NOTHING;
        } catch (FileSystemException e) {
            // Below a file there is nothing; of that the JDK makes no exception of its own.
            Path parent = file.getParent();
            if (parent != null && Files.exists(parent) && !Files.isDirectory(parent)) {
                return NOTHING;
            }
            throw e;
        }
        if (attributes.isSymbolicLink()) {
            byte[] target = LinkTarget.text(Files.readSymbolicLink(file)).getBytes(StandardCharsets.UTF_8);
            Blobs.Stored stored = taking.take(new ByteArrayInputStream(target));
            return new Look(new Version(Kind.LINK, stored.bytes(), stored.sha256(), null), false);
        }
        if (!attributes.isRegularFile()) {
            return OTHER;
        }
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            Blobs.Stored stored = taking.take(content);
            Optional<Set<PosixFilePermission>> permissions = permissions(file);
            boolean executable = permissions
                    .filter(set -> set.contains(PosixFilePermission.OWNER_EXECUTE))
                    .isPresent();
            return new Look(
                    new Version(
                            executable ? Kind.EXECUTABLE : Kind.FILE,
                            stored.bytes(),
                            stored.sha256(),
                            permissions.map(PosixFilePermissions::toString).orElse(null)),
                    false);
        }
    }

    private static Optional<Set<PosixFilePermission>> permissions(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null
                ? Optional.empty()
                : Optional.of(view.readAttributes().permissions());
    }
}
