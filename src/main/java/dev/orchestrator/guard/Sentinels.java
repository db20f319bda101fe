package dev.orchestrator.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files and directories that no task has any business with. Whoever changes them all the same has slipped past every other
 * guard, so they are looked at before a turn and after it. Files are read, also those that links lead to; of very large ones, and of
 * what is in directories, only what the system says of them.
 */
public final class Sentinels {
    /** A directory with more is watched as far as this. */
    private static final int MOST_ENTRIES = 20_000;

    private static final long LARGEST = 64L << 20;

    private Sentinels() {}

    /** How {@code paths} are now: a fingerprint each, by path. What is not there has one too. */
    public static SortedMap<String, String> picture(List<Path> paths) {
        SortedMap<String, String> picture = new TreeMap<>();
        paths.forEach(path -> picture.put(path.toString(), fingerprint(path)));
        return picture;
    }

    /** The paths that are not as they were; what was not watched before does not count. */
    public static List<String> changed(Map<String, String> before, Map<String, String> now) {
        return now.entrySet().stream()
                .filter(path -> !path.getValue().equals(before.getOrDefault(path.getKey(), path.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String fingerprint(Path path) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (Files.isSymbolicLink(path)) {
                // The link, and what it leads to.
                add(digest, "link " + Files.readSymbolicLink(path));
            }
            if (Files.isDirectory(path)) {
                Path top = path.toRealPath();
                Listing listing = new Listing(top);
                Files.walkFileTree(top, listing);
                listing.entries.forEach((entry, stat) -> add(digest, entry + " " + stat));
            } else if (Files.exists(path)) {
                addFile(path, digest);
            } else if (!Files.isSymbolicLink(path)) {
                return "absent";
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return "unreadable";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void addFile(Path path, MessageDigest digest) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
            add(digest, attributes.size() + " " + attributes.lastModifiedTime() + " " + changed(path));
            return;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    /** The one time that no program can set; where the system has it. */
    private static String changed(Path file, LinkOption... options) {
        try {
            return String.valueOf(Files.getAttribute(file, "unix:ctime", options));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Names, sizes and times of what is in a directory; of one with more than anybody would watch, of the first of it. */
    private static final class Listing extends SimpleFileVisitor<Path> {
        private final Path top;
        private final SortedMap<String, String> entries = new TreeMap<>();

        Listing(Path top) {
            this.top = top;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return add(directory, "directory");
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return add(
                    file,
                    attributes.size() + " " + attributes.lastModifiedTime() + " "
                            + changed(file, LinkOption.NOFOLLOW_LINKS));
        }

        private FileVisitResult add(Path path, String stat) {
            entries.put(top.relativize(path).toString(), stat);
            return entries.size() < MOST_ENTRIES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE;
        }
    }
}
