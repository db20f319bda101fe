package dev.orchestrator.guard.manifest;

import org.jspecify.annotations.Nullable;

/**
 * What one look at a file's metadata tells; two that are equal are taken for the same content.
 *
 * @param permissions the twelve POSIX mode bits, the executable ones among them; 0 where there are none
 * @param modified nanoseconds since 1970, as precise as the platform has it
 * @param changed when content or metadata last changed, which no program can set back; 0 where there is no such time
 * @param inode 0 where there is none
 * @param target of a symlink; otherwise null
 */
record FileStat(
        Kind kind,
        int permissions,
        long size,
        long modified,
        long changed,
        long inode,
        @Nullable String target) {

    /** Of a {@code .git}, which is never looked into: only that it is there. */
    static final FileStat GIT_DIRECTORY = new FileStat(Kind.DIRECTORY, 0, 0, 0, 0, 0, null);

    enum Kind {
        FILE,
        SYMLINK,
        /** A pipe, a socket, a device, a Windows junction: noticed, never opened. */
        OTHER,
        /** Only on the way: a manifest holds no directories but {@link #GIT_DIRECTORY}. */
        DIRECTORY
    }
}
