package dev.orchestrator.view;

import dev.orchestrator.task.Hold;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the journal cannot tell: that it cannot be written itself. The daemon waits for its disk then, and says so in nothing
 * but its log, if there.
 */
final class FullDisk {
    /** Less than a group of events needs. */
    private static final long NO_ROOM = 64 * 1024;

    private FullDisk() {}

    /**
     * @param told what the journal says is in the way
     * @param logs the directory of the journal
     * @return that, and the disk when it takes nothing
     */
    static List<Hold> besides(List<Hold> told, Path logs, Instant now) {
        boolean known = told.stream().anyMatch(hold -> hold.cause() == Hold.Cause.DISK);
        return known || !Files.isDirectory(logs) ? told : with(told, logs, usable(logs), now);
    }

    /** @param usable bytes that can be written; negative when nobody can tell */
    static List<Hold> with(List<Hold> told, Path logs, long usable, Instant now) {
        if (usable < 0 || usable >= NO_ROOM) {
            return told;
        }
        List<Hold> all = new ArrayList<>(told);
        all.add(new Hold(
                Hold.Cause.DISK,
                null,
                logs + " has no room left, so the journal cannot be written",
                "Make some room; a daemon that runs goes on by itself then.",
                now,
                null));
        return all;
    }

    private static long usable(Path logs) {
        try {
            FileStore store = Files.getFileStore(logs);
            return store.isReadOnly() ? 0 : store.getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }
}
