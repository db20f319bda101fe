package dev.orchestrator;

import dev.orchestrator.files.DerivedFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code logs/daemon.json} of this daemon. Nothing that it does depends on the file, so it goes on when the disk refuses it,
 * and has it written later. Thread-safe.
 */
final class DaemonSign implements DerivedFile {
    private static final Logger log = LoggerFactory.getLogger(DaemonSign.class);

    private final Path file;
    private @Nullable DaemonInfo wanted;
    private boolean stale;

    DaemonSign(Path file) {
        this.file = file;
    }

    /** From now on the file is to say {@code info}; it does when this returns, if the disk takes it. */
    synchronized void say(DaemonInfo info) {
        wanted = info;
        try {
            write();
        } catch (IOException e) {
            log.warn("Nobody can see yet how this daemon stands; {} is tried again: {}", name(), e.toString());
        }
    }

    /** The last thing that a daemon does. A file that stays is known by its process, which is gone then. */
    synchronized void remove() {
        wanted = null;
        stale = false;
        try {
            Moves.delete(file);
        } catch (IOException e) {
            log.warn("{} stays: {}", name(), e.toString());
        }
    }

    @Override
    public String name() {
        return "logs/daemon.json";
    }

    @Override
    public synchronized boolean isStale() {
        return stale;
    }

    @Override
    public synchronized void write() throws IOException {
        if (wanted != null) {
            stale = true;
            wanted.write(file);
            stale = false;
        }
    }
}
