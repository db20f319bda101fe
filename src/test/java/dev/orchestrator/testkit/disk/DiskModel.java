package dev.orchestrator.testkit.disk;

import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A directory as a disk has it: what programs see, and what a power cut would leave. A content is safe once its file was
 * synced, a name once its directory was. What is outside {@code home} is the tests' own and always safe.
 */
public final class DiskModel {
    private final Path root;
    private final Path home;
    private final DiskDirectory top = new DiskDirectory();

    private DiskModel(Path root, Path home) {
        this.root = root;
        this.home = home;
    }

    /** Of {@code root} as it is in {@code image}, all of it safe. */
    public static DiskModel of(Path root, Path home, DiskImage image) {
        DiskModel model = new DiskModel(root, home);
        image.files().forEach((name, content) -> {
            DiskNode node = name.endsWith("/") ? new DiskDirectory() : new DiskFile(content);
            Path path = root.resolve(name);
            DiskDirectory parent = model.parent(path);
            parent.put(name(path), node);
            parent.sync();
        });
        return model;
    }

    public DiskModel apply(DiskOperation operation) {
        Path path = operation.path();
        switch (operation.kind()) {
            case CREATE -> parent(path).put(name(path), new DiskFile(new byte[0]));
            case MAKE_DIRECTORY -> parent(path).put(name(path), new DiskDirectory());
            case WRITE -> file(path).write(operation.position(), operation.bytes());
            case TRUNCATE -> file(path).truncate(operation.position());
            case FORCE -> file(path).force();
            case SYNC_NAMES -> directory(path).sync();
            case DELETE -> parent(path).remove(name(path));
            case MOVE -> move(path, Objects.requireNonNull(operation.target()));
            default -> throw new IllegalArgumentException("no change: " + operation);
        }
        if (!path.startsWith(home)) {
            parent(path).sync();
            file(path).force();
        }
        return this;
    }

    /** What a program finds that starts now. */
    public DiskImage whole() {
        return image(DiskDirectory::names, DiskFile::content);
    }

    /** What it finds after a power cut. */
    public DiskImage after(DiskLoss loss) {
        lose(top, loss);
        return image(DiskDirectory::after, file -> file.after(loss));
    }

    private static void lose(DiskDirectory directory, DiskLoss loss) {
        directory.lose(loss);
        for (DiskNode node : directory.names().values()) {
            if (node instanceof DiskDirectory inner) {
                lose(inner, loss);
            }
        }
    }

    private DiskImage image(
            Function<DiskDirectory, SortedMap<String, DiskNode>> names, Function<DiskFile, byte[]> content) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        collect("", names.apply(top), names, content, files);
        return new DiskImage(files);
    }

    private static void collect(
            String prefix,
            SortedMap<String, DiskNode> here,
            Function<DiskDirectory, SortedMap<String, DiskNode>> names,
            Function<DiskFile, byte[]> content,
            SortedMap<String, byte[]> files) {
        here.forEach((name, node) -> {
            if (node instanceof DiskFile file) {
                files.put(prefix + name, content.apply(file));
            } else {
                files.put(prefix + name + "/", new byte[0]);
                collect(prefix + name + "/", names.apply((DiskDirectory) node), names, content, files);
            }
        });
    }

    private void move(Path from, Path to) {
        DiskDirectory.move(parent(from), name(from), parent(to), name(to));
    }

    private DiskFile file(Path path) {
        return (DiskFile) node(path);
    }

    private DiskDirectory directory(Path path) {
        return (DiskDirectory) node(path);
    }

    private DiskDirectory parent(Path path) {
        return directory(Objects.requireNonNull(path.getParent()));
    }

    private DiskNode node(Path path) {
        DiskNode node = top;
        for (Path name : root.relativize(path)) {
            if (!name.toString().isEmpty()) {
                node = Objects.requireNonNull(
                        ((DiskDirectory) node).names().get(name.toString()), () -> "not there: " + path);
            }
        }
        return node;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
