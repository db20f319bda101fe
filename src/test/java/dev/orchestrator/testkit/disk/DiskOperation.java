package dev.orchestrator.testkit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One operation on a disk.
 *
 * @param path real and absolute
 * @param target where a move leads; null otherwise
 * @param position where bytes are written, or the size to which a file is cut
 * @param bytes written; empty otherwise
 * @param foreign done by another process, such as an agent
 */
public record DiskOperation(Kind kind, Path path, @Nullable Path target, long position, byte[] bytes, boolean foreign) {
    private static final byte[] NOTHING = {};

    /** What is done. */
    public enum Kind {
        /** Opens a file for reading. */
        READ,
        LIST,
        /** Opens a file that exists for writing. */
        OPEN,
        /** Opens a file that does not exist. */
        CREATE,
        WRITE,
        TRUNCATE,
        /** Syncs the content of a file. */
        FORCE,
        /** Syncs the names in a directory. */
        SYNC_NAMES,
        MAKE_DIRECTORY,
        MOVE,
        DELETE;

        /** True when a disk looks different afterwards, at once or after a power cut. */
        boolean changes() {
            return this != READ && this != LIST && this != OPEN;
        }
    }

    static DiskOperation of(Kind kind, Path path) {
        return new DiskOperation(kind, path, null, 0, NOTHING, false);
    }

    static DiskOperation move(Path from, Path to) {
        return new DiskOperation(Kind.MOVE, from, to, 0, NOTHING, false);
    }

    static DiskOperation write(Path path, long position, byte[] bytes) {
        return new DiskOperation(Kind.WRITE, path, null, position, bytes, false);
    }

    static DiskOperation truncate(Path path, long size) {
        return new DiskOperation(Kind.TRUNCATE, path, null, size, NOTHING, false);
    }

    /** Does the first {@code length} bytes of this write, as a disk does that has no room for more. */
    public void doPart(int length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes, 0, length), position);
        }
    }

    DiskOperation byAnother() {
        return new DiskOperation(kind, path, target, position, bytes, true);
    }

    @Override
    public String toString() {
        return kind + " " + path + (target == null ? "" : " -> " + target)
                + (kind == Kind.WRITE ? " " + bytes.length + " bytes at " + position : "")
                + (kind == Kind.TRUNCATE ? " to " + position : "") + (foreign ? " (by the agent)" : "");
    }
}
