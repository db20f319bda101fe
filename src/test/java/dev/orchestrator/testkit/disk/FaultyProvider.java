package dev.orchestrator.testkit.disk;

import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import dev.orchestrator.testkit.disk.FaultyDisk.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Passes every call on to the real provider, unless the disk refuses it. */
final class FaultyProvider extends FileSystemProvider {
    private final FaultyDisk disk;
    private final FileSystemProvider real;

    FaultyProvider(FaultyDisk disk, FileSystemProvider real) {
        this.disk = disk;
        this.real = real;
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (options.contains(StandardOpenOption.WRITE)) {
            disk.check(Fault.ANY);
        }
        Path file = FaultyDisk.real(path);
        return disk.around(
                opening(file, options),
                () -> new FaultyChannel(disk, file, real.newFileChannel(file, options, attributes)));
    }

    private static DiskOperation opening(Path file, Set<? extends OpenOption> options) {
        if (!options.contains(StandardOpenOption.WRITE)) {
            return DiskOperation.of(Kind.READ, file);
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return DiskOperation.of(Kind.CREATE, file);
        }
        return options.contains(StandardOpenOption.TRUNCATE_EXISTING)
                ? DiskOperation.truncate(file, 0)
                : DiskOperation.of(Kind.OPEN, file);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> found = new ArrayList<>();
        Path listed = FaultyDisk.real(directory);
        return disk.around(DiskOperation.of(Kind.LIST, listed), () -> {
            try (DirectoryStream<Path> stream = real.newDirectoryStream(listed, path -> true)) {
                for (Path path : stream) {
                    if (filter.accept(disk.on(path))) {
                        found.add(disk.on(path));
                    }
                }
            }
            return new Listed(found);
        });
    }

    private record Listed(List<Path> found) implements DirectoryStream<Path> {
        @Override
        public java.util.Iterator<Path> iterator() {
            return found.iterator();
        }

        @Override
        public void close() {
            // Nothing is open any more.
        }
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        Path made = FaultyDisk.real(directory);
        around(DiskOperation.of(Kind.MAKE_DIRECTORY, made), () -> real.createDirectory(made, attributes));
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.check(Fault.ANY);
        Path file = FaultyDisk.real(path);
        around(DiskOperation.of(Kind.DELETE, file), () -> real.delete(file));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        real.copy(FaultyDisk.real(source), FaultyDisk.real(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disk.check(Fault.MOVE);
        Path from = FaultyDisk.real(source);
        Path to = FaultyDisk.real(target);
        around(DiskOperation.move(from, to), () -> real.move(from, to, options));
    }

    /** An operation that answers nothing. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private void around(DiskOperation operation, Action action) throws IOException {
        disk.around(operation, () -> {
            action.run();
            return Boolean.TRUE;
        });
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return real.isSameFile(FaultyDisk.real(path), FaultyDisk.real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(FaultyDisk.real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(FaultyDisk.real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(FaultyDisk.real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(FaultyDisk.real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(FaultyDisk.real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(FaultyDisk.real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        real.setAttribute(FaultyDisk.real(path), attribute, value, options);
    }
}
