package dev.orchestrator.guard.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real directory to be scanned, and short words for what is done to it. */
final class WorkingDirectory {
    private final Path root;

    WorkingDirectory(Path root) {
        this.root = root;
    }

    Path path(String relative) {
        return NativeName.resolve(root, relative);
    }

    WorkingDirectory write(String relative, String text) {
        try {
            Files.createDirectories(path(relative).getParent());
            Files.writeString(path(relative), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Just enough for git, and us, to take {@code relative} for the top of a repository. */
    WorkingDirectory repository(String relative) {
        return write(relative.isEmpty() ? ".git/HEAD" : relative + "/.git/HEAD", "ref: refs/heads/main\n");
    }

    Manifest scan() {
        return new ManifestScanner(List.of()).scan(root);
    }

    Manifest scan(String relative) {
        return new ManifestScanner(List.of()).scan(path(relative));
    }

    ChangeList changesSince(Manifest before) {
        return before.changesTo(new ManifestScanner(List.of()).rescan(before));
    }

    static List<String> paths(Manifest manifest) {
        return manifest.paths();
    }

    /** Each change as {@code "added a.txt"}. */
    static List<String> told(ChangeList changes) {
        return changes.changes().stream()
                .map(change -> change.change() + " " + change.path())
                .toList();
    }

    /** Reads as the platform does and counts the directories. */
    static final class CountingReader implements DirectoryReader {
        private final DirectoryReader real = DirectoryReader.ofThisPlatform();
        final AtomicInteger directories = new AtomicInteger();

        @Override
        public Listing list(Path directory) throws IOException {
            directories.incrementAndGet();
            return real.list(directory);
        }
    }
}
