package dev.orchestrator.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory that holds whole installations only: each is made in a sibling directory and renamed into place.
 *
 * <pre>
 * claude-2.1.330/                 the installation
 * claude-2.1.330.lock             held while somebody installs
 * claude-2.1.330.tmp-1f0c.../     an installation in the making, or what a killed one left behind
 * </pre>
 */
final class ClaudeCache {
    // A file lock belongs to the whole JVM; threads of one JVM take turns here.
    private static final Object ONE_PER_JVM = new Object();

    private final Path root;
    private final Installer installer;
    private final String name;

    ClaudeCache(Path root, Installer installer, String version) {
        this.root = root;
        this.installer = installer;
        this.name = "claude-" + version;
    }

    static Path defaultRoot() {
        return Optional.ofNullable(System.getenv("ORCHESTRATOR_TEST_CACHE"))
                .filter(directory -> !directory.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "orchestrator-tests"))
                .toAbsolutePath();
    }

    /** The installed binary; installs it when it is not there, waiting for another JVM that is already doing so. */
    Result binary() {
        try {
            Optional<Path> present = installed();
            return new Result.Ready(present.isPresent() ? present.get() : installOnce());
        } catch (IOException e) {
            return new Result.Unavailable(String.valueOf(e.getMessage()));
        }
    }

    private Path installOnce() throws IOException {
        synchronized (ONE_PER_JVM) {
            Files.createDirectories(root);
            try (FileChannel channel = FileChannel.open(
                            root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Optional<Path> byAnother = installed();
                return byAnother.isPresent() ? byAnother.get() : install(lock);
            }
        }
    }

    private Path install(FileLock held) throws IOException {
        if (!held.isValid()) {
            throw new IOException("lost the lock of " + root);
        }
        removeLeftovers();
        Path making = Files.createDirectory(root.resolve(name + ".tmp-" + UUID.randomUUID()));
        try {
            installer.install(making);
            Path binary = making.relativize(installer
                    .binary(making)
                    .orElseThrow(() -> new IOException("the installation has no binary for this platform")));
            Files.move(making, home(), StandardCopyOption.ATOMIC_MOVE);
            return home().resolve(binary);
        } finally {
            delete(making);
        }
    }

    private Optional<Path> installed() throws IOException {
        return Files.isDirectory(home()) ? installer.binary(home()) : Optional.empty();
    }

    private Path home() {
        return root.resolve(name);
    }

    private void removeLeftovers() throws IOException {
        try (Stream<Path> siblings = Files.list(root)) {
            List<Path> leftovers = siblings.filter(
                            sibling -> sibling.getFileName().toString().startsWith(name + ".tmp-"))
                    .toList();
            for (Path leftover : leftovers) {
                delete(leftover);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    sealed interface Result {
        record Ready(Path binary) implements Result {}

        record Unavailable(String reason) implements Result {}
    }

    interface Installer {
        /** Installs into an empty directory and proves that the result runs. */
        void install(Path directory) throws IOException;

        /** The binary inside an installation. */
        Optional<Path> binary(Path directory) throws IOException;
    }
}
