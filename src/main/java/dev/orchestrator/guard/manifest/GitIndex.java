package dev.orchestrator.guard.manifest;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The files that git tracks, with what git knew of each when it last looked: a file whose stat is still that one holds
 * the blob that the index names. Not for several threads.
 */
final class GitIndex implements Tracked {
    private static final int CTIME = 0;
    private static final int MTIME = 8;
    private static final int SIZE = 36;
    private static final int BLOB = 40;
    private static final long SECOND = 1_000_000_000L;

    private final TreeMap<String, Integer> entries;
    private final ByteBuffer data;
    private final long writtenAt;

    /**
     * @param entries path to the offset of its entry in {@code data}
     * @param data the whole index file, in its format: version 2 to 4, entries of 62 bytes and a name
     * @param writtenAt modification time of the index file in nanoseconds
     */
    GitIndex(TreeMap<String, Integer> entries, ByteBuffer data, long writtenAt) {
        this.entries = entries;
        this.data = data;
        this.writtenAt = writtenAt;
    }

    @Override
    public boolean contains(String path) {
        return entries.containsKey(path);
    }

    @Override
    public boolean anyBelow(String directory) {
        String first = entries.ceilingKey(directory + "/");
        return first != null && first.startsWith(directory + "/");
    }

    @Override
    public Optional<ObjectId> blobOf(String path, FileStat stat) {
        Integer entry = stat.kind() == FileStat.Kind.FILE ? entries.get(path) : null;
        if (entry == null || !isAsGitSawIt(entry, stat)) {
            return Optional.empty();
        }
        return Optional.of(ObjectId.fromRaw(data.array(), entry + BLOB));
    }

    /** A file of the moment in which the index was written may have changed within that moment, unseen by git. */
    private boolean isAsGitSawIt(int entry, FileStat stat) {
        return (int) stat.size() == data.getInt(entry + SIZE)
                && stat.modified() == time(entry + MTIME)
                && stat.modified() < writtenAt
                && (stat.changed() == 0 || isChangeTime(entry, stat.changed()));
    }

    /** Other programs than git leave the time of change out. */
    private boolean isChangeTime(int entry, long changed) {
        long seen = time(entry + CTIME);
        return seen == 0 || seen == changed;
    }

    private long time(int at) {
        return Integer.toUnsignedLong(data.getInt(at)) * SECOND + data.getInt(at + 4);
    }
}
