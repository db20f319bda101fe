package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.FileStat.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What lay in a working directory at one moment: every file that git does not ignore, by its metadata. Two of them, one
 * from before an agent's run and one from after it, tell what the run really changed. Immutable.
 *
 * <p>Directories are not in it (an empty one that comes or goes is no change), but for each {@code .git} that it is there;
 * symlinks are in it and are not followed.
 * About 200 bytes of memory for a file.
 */
public final class Manifest {
    private static final Comparator<Entry> BY_PATH = Comparator.comparing(Entry::path);

    /** Spreads the bits; any large odd number does. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private static final long MOST_OF_A_FILE = 4L << 20;
    private static final long MOST_READ = 128L << 20;
    private static final int MOST_FILES_READ = 20_000;

    private final Path directory;
    private final Entry[] entries;
    private final Gaps gaps;
    private final IgnoreFiles ignoreFiles;

    /**
     * A file.
     *
     * @param path relative, as {@link NativeName} writes it, with forward slashes
     * @param blob id of the git blob it holds, in git or not; null when only reading it could tell
     */
    record Entry(String path, FileStat stat, @Nullable ObjectId blob) {}

    private Manifest(Path directory, Entry[] entries, Gaps gaps, IgnoreFiles ignoreFiles) {
        this.directory = directory;
        this.entries = entries;
        this.gaps = gaps;
        this.ignoreFiles = ignoreFiles;
    }

    static Manifest of(Path directory, Collection<Entry> entries, Collection<String> gaps, IgnoreFiles ignoreFiles) {
        Entry[] sorted = entries.toArray(new Entry[0]);
        Arrays.sort(sorted, BY_PATH);
        return new Manifest(directory, sorted, new Gaps(new TreeSet<>(gaps)), ignoreFiles);
    }

    /** The real path of what was scanned. */
    public Path directory() {
        return directory;
    }

    /**
     * The same, with what only reading the files could tell: whoever touches one of them, and writes what was in it, has changed
     * nothing. Of files that are large, or very many, it is not told. Call it while nobody works in the directory.
     */
    public Manifest withContents() {
        return withContents(new Hasher(directory, MOST_OF_A_FILE, MOST_READ), MOST_FILES_READ);
    }

    Manifest withContents(Hasher hasher, int mostFiles) {
        Entry[] all = entries.clone();
        int read = 0;
        for (int i = 0; i < all.length && read < mostFiles; i++) {
            Entry entry = all[i];
            if (entry.blob() == null && entry.stat().kind() == Kind.FILE) {
                all[i] = new Entry(
                        entry.path(),
                        entry.stat(),
                        hasher.digests(entry).map(Hasher.Digests::blob).orElse(null));
                read++;
            }
        }
        return new Manifest(directory, all, gaps, ignoreFiles);
    }

    /** How many files there are. */
    public int size() {
        return entries.length;
    }

    /**
     * Relative paths, sorted, of directories (and single files) that could not be looked into; {@code .} is the directory
     * itself.
     */
    public List<String> gaps() {
        return gaps.list();
    }

    /**
     * What is different in {@code after}. Reads the files that moved, up to 64 MiB each and 1 GiB together, for their
     * hashes, and to leave out those that only look different: a file that was as git has it, and is so again, has not
     * changed. Call it while nobody works in the directory.
     *
     * @param after of the same directory, from {@link ManifestScanner#rescan}
     */
    public ChangeList changesTo(Manifest after) {
        return changesTo(after, new Hasher(after.directory));
    }

    ChangeList changesTo(Manifest after, Hasher hasher) {
        if (!directory.equals(after.directory)) {
            throw new IllegalArgumentException(directory + " and " + after.directory + " cannot be compared");
        }
        return new Comparison(gaps, after.gaps, hasher).of(entries(), after.entries());
    }

    /** Of paths and metadata: the same for equal pictures, and practically never for others. Only good within this process. */
    public long fingerprint() {
        long mixed = entries.length;
        for (Entry entry : entries) {
            mixed = mixed * MULTIPLIER + entry.path().hashCode();
            mixed = mixed * MULTIPLIER + entry.stat().hashCode();
        }
        return mixed;
    }

    /** The paths of all files, relative, sorted. */
    public List<String> paths() {
        return Arrays.stream(entries)
                .filter(entry -> entry.stat().kind() != Kind.DIRECTORY)
                .map(Entry::path)
                .toList();
    }

    /** Sorted by path. */
    List<Entry> entries() {
        return Arrays.asList(entries);
    }

    /** The rules that decided what is in it. */
    IgnoreFiles ignoreFiles() {
        return ignoreFiles;
    }

    /** For a scan that must find again what this one found, and whatever is new by the same rules. */
    GitView asGitView() {
        return ignoreFiles.with(asTracked());
    }

    private Tracked asTracked() {
        return new Tracked() {
            @Override
            public boolean contains(String path) {
                return positionOf(path) >= 0;
            }

            @Override
            public boolean anyBelow(String directory) {
                int found = positionOf(directory + "/");
                int first = found < 0 ? -found - 1 : found;
                return first < entries.length && entries[first].path().startsWith(directory + "/");
            }

            @Override
            public Optional<ObjectId> blobOf(String path, FileStat stat) {
                int found = positionOf(path);
                return found >= 0 && entries[found].stat().equals(stat)
                        ? Optional.ofNullable(entries[found].blob())
                        : Optional.empty();
            }
        };
    }

    private int positionOf(String path) {
        int low = 0;
        int high = entries.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries[middle].path().compareTo(path);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }
}
