package dev.orchestrator.housekeeping;

import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.artifact.Tombstones.Tombstone;
import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** Since when tasks are over, as far as files tell. */
final class Ages {
    private static final String CHANGED = "unix:ctime";

    private final Home home;
    private final Tombstones tombstones;

    Ages(Home home, Tombstones tombstones) {
        this.home = home;
        this.tombstones = tombstones;
    }

    /** @param file which is left of task {@code id} */
    Instant endOf(TaskId id, Path file) throws IOException {
        Path artifact = home.artifact(id);
        if (Files.exists(artifact, LinkOption.NOFOLLOW_LINKS)) {
            return written(artifact);
        }
        Optional<Tombstone> removed = tombstones.find(id);
        return removed.isPresent() ? removed.get().finishedAt() : changed(file);
    }

    /** When {@code file} was written; what cannot be looked at is new. */
    static Instant written(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException e) {
            return Instant.MAX;
        }
    }

    /** A file that was moved has the time that it was written; where the system knows when that was done, that counts. */
    private static Instant changed(Path file) {
        Instant written = written(file);
        try {
            Instant changed = ((FileTime) Files.getAttribute(file, CHANGED, LinkOption.NOFOLLOW_LINKS)).toInstant();
            return changed.isAfter(written) ? changed : written;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return written;
        } catch (IOException e) {
            return Instant.MAX;
        }
    }
}
