package dev.orchestrator.guard.project;

import dev.orchestrator.files.Sha256;
import dev.orchestrator.guard.ProtectedNames;
import dev.orchestrator.guard.manifest.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a repository's own settings, of which nothing is known beforehand: as many, as large and as deep as they may be at
 * most, no link that leads outside, and nothing that is not a file. For one reading.
 */
final class ProjectReader {
    private static final Set<String> KEPT =
            Set.of(ProjectFiles.SETTINGS, ProjectFiles.LOCAL_SETTINGS, ProjectFiles.SERVERS);
    private static final int MOST_ENTRIES = 2_000;
    private static final int DEEPEST = 16;
    private static final int LARGEST_KEPT = 1 << 20;
    private static final int LARGEST = 8 << 20;
    private static final long MOST_BYTES = 64L << 20;

    private final Path top;
    private final SortedMap<String, String> fingerprints = new TreeMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private int entries;
    private long bytes;

    ProjectReader(Path top) {
        this.top = top;
    }

    ProjectFiles read() throws Unusable, IOException {
        if (!top.toRealPath().equals(top)) {
            throw new Unusable("a link leads to it now");
        }
        look(top.resolve(ProjectFiles.CLAUDE), ProjectFiles.CLAUDE, 0);
        look(top.resolve(ProjectFiles.SERVERS), ProjectFiles.SERVERS, 0);
        return new ProjectFiles(fingerprints, contents);
    }

    /** @param name from the top, whatever links lie on the way */
    private void look(Path path, String name, int depth) throws Unusable, IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (++entries > MOST_ENTRIES || depth > DEEPEST) {
            throw new Unusable(
                    "there are more than " + MOST_ENTRIES + " files in .claude, or more than " + DEEPEST + " levels");
        }
        String link = Files.isSymbolicLink(path) ? "link " + FileNames.of(Files.readSymbolicLink(path)) : "";
        Path real = link.isEmpty() ? path : target(path, name);
        if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            list(real, name, depth);
        } else if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            add(real, name, link);
        } else {
            throw new Unusable(name + " is neither a file nor a directory");
        }
    }

    private Path target(Path link, String name) throws Unusable {
        Path real;
        try {
            real = link.toRealPath();
        } catch (IOException e) {
            throw new Unusable(name + " is a link that leads nowhere");
        }
        if (!real.startsWith(top)) {
            throw new Unusable(name + " is a link that leads outside, to " + real);
        }
        // What is kept is not read again. The rest is run from there, and has to stay what it was.
        if (!KEPT.contains(name) && ProtectedNames.in(top.relativize(real)).isEmpty()) {
            throw new Unusable(name + " is a link to " + real + ", which a task may change");
        }
        return real;
    }

    private void list(Path directory, String name, int depth) throws Unusable, IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            for (Path path : found) {
                look(path, name + "/" + FileNames.of(path.getFileName()), depth + 1);
            }
        }
    }

    private void add(Path file, String name, String link) throws Unusable, IOException {
        byte[] content = content(file, name, KEPT.contains(name) ? LARGEST_KEPT : LARGEST);
        bytes += content.length;
        if (bytes > MOST_BYTES) {
            throw new Unusable("there are more than " + (MOST_BYTES >> 20) + " MiB in .claude");
        }
        String kind = link.isEmpty() ? "file" : link.replace("\n", "\\n");
        fingerprints.put(name, (isProgram(file) ? "x " : "- ") + Sha256.of(content) + " " + kind);
        if (KEPT.contains(name)) {
            contents.put(name, content);
        }
    }

    private static byte[] content(Path file, String name, int most) throws Unusable, IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new Unusable(name + " has more than " + (most >> 20) + " MiB");
            }
            return content;
        }
    }

    /** The rest of the permissions differ from one checkout to the next and decide nothing. */
    private static boolean isProgram(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(permission -> permission.name().endsWith("EXECUTE"));
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }
}
