package dev.orchestrator.guard.staging;

import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.staging.Version.Kind;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a working directory as they were before a guarded turn, {@code turn-N.base.zip}. One file, since making as many
 * again as the directory has takes as long as copying it. The comment of an entry is its kind and its permissions.
 */
final class BaseFiles {
    private BaseFiles() {}

    /** Takes files in; what is closed is complete. For one thread. */
    static final class Writer implements AutoCloseable {
        private final ZipOutputStream zip;

        Writer(Path file) throws IOException {
            zip = new ZipOutputStream(new BufferedOutputStream(opened(file)));
            zip.setLevel(Deflater.BEST_SPEED);
        }

        private static OutputStream opened(Path file) throws IOException {
            return Channels.newOutputStream(PrivateFile.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
        }

        /** @param path relative, as manifests write it */
        void add(String path, Path file) throws IOException {
            ZipEntry entry = new ZipEntry(path);
            if (Files.isSymbolicLink(file)) {
                entry.setComment(Kind.LINK.toString());
                byte[] target = LinkTarget.text(Files.readSymbolicLink(file)).getBytes(StandardCharsets.UTF_8);
                put(entry, new ByteArrayInputStream(target));
                return;
            }
            PosixFileAttributeView view =
                    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> permissions =
                    view == null ? Set.of() : view.readAttributes().permissions();
            Kind kind = permissions.contains(PosixFilePermission.OWNER_EXECUTE) ? Kind.EXECUTABLE : Kind.FILE;
            entry.setComment(view == null ? kind.toString() : kind + " " + PosixFilePermissions.toString(permissions));
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                put(entry, in);
            }
        }

        private void put(ZipEntry entry, InputStream in) throws IOException {
            zip.putNextEntry(entry);
            in.transferTo(zip);
            zip.closeEntry();
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /** Gives files back. For one thread. */
    static final class Reader implements AutoCloseable {
        private final ZipFile zip;
        private final Blobs blobs;

        /** @param blobs keeps what is asked for */
        Reader(Path file, Blobs blobs) throws IOException {
            this.zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
            this.blobs = blobs;
        }

        /** Null when there was no such file. */
        @Nullable
        Version version(String path) throws IOException {
            ZipEntry entry = zip.getEntry(path);
            if (entry == null) {
                return null;
            }
            String[] comment = entry.getComment().split(" ", 2);
            Kind kind = Kind.valueOf(comment[0].toUpperCase(Locale.ROOT));
            try (InputStream in = zip.getInputStream(entry)) {
                Blobs.Stored stored = blobs.put(in);
                return new Version(kind, stored.bytes(), stored.sha256(), comment.length > 1 ? comment[1] : null);
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
