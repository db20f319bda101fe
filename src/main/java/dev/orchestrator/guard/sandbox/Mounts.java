package dev.orchestrator.guard.sandbox;

import dev.orchestrator.guard.sandbox.Mount.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mounts of one enclosure, in the order in which they are made: first what lies around, then what lies in it. By real
 * paths throughout, since a link would be followed from inside, where it may lead elsewhere. For one thread.
 *
 * <pre>
 * --ro-bind / /  --tmpfs /tmp  --bind /home/me/shop /home/me/shop  --tmpfs /home/me/shop/logs  --remount-ro /home/me/shop/logs
 * </pre>
 */
final class Mounts {
    private static final Comparator<Path> OUTER_FIRST =
            Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder());
    /** To mount the entries of a directory one by one takes longer with the square of their number. */
    private static final int MOST_ENTRIES = 300;

    /** What is of a kind of its own instead of being empty. */
    private static final Map<String, String> SYSTEM = Map.of("/dev", "--dev", "/proc", "--proc");

    private static final Path NOTHING = Path.of("/dev/null");

    private final Map<Path, Kind> wanted = new TreeMap<>(OUTER_FIRST);
    private final Map<Path, Path> links = new TreeMap<>(OUTER_FIRST);

    static boolean isOfTheSystem(Path path) {
        return SYSTEM.containsKey(path.toString());
    }

    /** A directory of its own in the place of {@code path}, without anything that is there now. */
    void addEmpty(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            put(path.toRealPath(), Kind.OWN_LAYER);
        }
    }

    void addLink(Path link) throws IOException {
        if (Files.isSymbolicLink(link)) {
            links.put(link, Files.readSymbolicLink(link));
        }
    }

    void add(Kind kind, List<Path> paths) throws IOException {
        for (Path path : paths) {
            if (kind == Kind.OWN_LAYER) {
                addLayer(path);
            } else if (Files.exists(path)) {
                put(path.toRealPath(), kind);
            }
        }
    }

    private void put(Path real, Kind kind) {
        if (real.getNameCount() == 0) {
            // The whole machine stays as it is.
            return;
        }
        wanted.merge(real, kind, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    /** One that cannot be laid out entry by entry stays as it is. */
    private void addLayer(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Path real = directory.toRealPath();
        List<Path> entries = entries(real);
        boolean inReach = wanted.entrySet().stream()
                .anyMatch(each -> each.getValue() == Kind.WRITABLE && real.startsWith(each.getKey()));
        if (inReach || entries.size() > MOST_ENTRIES) {
            put(real, Kind.READABLE);
            return;
        }
        put(real, Kind.OWN_LAYER);
        for (Path entry : entries) {
            addLink(entry);
            if (!Files.isSymbolicLink(entry)) {
                put(entry, Kind.READABLE);
            }
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                if (entries.size() > MOST_ENTRIES) {
                    break;
                }
                entries.add(entry);
            }
        }
        return entries;
    }

    /**
     * A mounted path cannot be moved, but the directory around it can, with another one put in its place. So each directory on
     * the way to it is mounted, too. What is a file and hidden stays hidden wherever it is moved.
     */
    private void pin() {
        for (Map.Entry<Path, Kind> each : List.copyOf(wanted.entrySet())) {
            Path path = each.getKey();
            boolean matters = each.getValue() == Kind.FIXED
                    || (each.getValue() == Kind.HIDDEN && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
            if (matters) {
                pinAround(path);
            }
        }
    }

    private void pinAround(Path path) {
        for (Path outer = path.getParent(); outer != null; outer = outer.getParent()) {
            if (liesInWritable(outer)) {
                wanted.merge(outer, Kind.WRITABLE, (there, pinned) -> there == Kind.READABLE ? pinned : there);
            }
        }
    }

    /** What is only to be seen is passed over: it takes nothing from what is around it. */
    private boolean liesInWritable(Path path) {
        for (Path outer = path.getParent(); outer != null; outer = outer.getParent()) {
            Kind kind = wanted.get(outer);
            if (kind != null && kind != Kind.READABLE) {
                return kind == Kind.WRITABLE;
            }
        }
        return false;
    }

    List<String> arguments() {
        pin();
        Map<Path, Kind> made = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>();
        List<String> last = new ArrayList<>();
        wanted.forEach((path, kind) -> {
            if (new Mount(path, kind).isNeeded(around(path, made))) {
                made.put(path, kind);
                arguments.addAll(mount(path, kind));
                if (kind == Kind.HIDDEN && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    last.addAll(List.of("--remount-ro", path.toString()));
                }
            }
        });
        links.forEach((link, target) -> {
            if (around(link, made) == Kind.OWN_LAYER) {
                arguments.addAll(List.of("--symlink", target.toString(), link.toString()));
            }
        });
        arguments.addAll(last);
        return arguments;
    }

    private static Kind around(Path path, Map<Path, Kind> made) {
        for (Path outer = path.getParent(); outer != null; outer = outer.getParent()) {
            Kind kind = made.get(outer);
            if (kind != null) {
                return kind;
            }
        }
        return Kind.READABLE;
    }

    private static List<String> mount(Path path, Kind kind) {
        String name = path.toString();
        return switch (kind) {
            case READABLE, FIXED -> List.of("--ro-bind-try", name, name);
            case WRITABLE -> List.of("--bind-try", name, name);
            case OWN_LAYER -> List.of(SYSTEM.getOrDefault(name, "--tmpfs"), name);
            // A device is not opened where it was not meant to be, so not even emptiness is read.
            case HIDDEN ->
                Files.isDirectory(path) ? List.of("--tmpfs", name) : List.of("--ro-bind-try", NOTHING.toString(), name);
        };
    }
}
