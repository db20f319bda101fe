package dev.orchestrator;

import dev.orchestrator.files.DerivedFile;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the files that can be made at any time, such as folds of the journal: soon after a change, but each for at most a
 * small part of the time, however large it has become.
 */
final class Keeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    /** A file that takes a second to write is written once in this many seconds at most. */
    private static final int SHARE_OF_TIME = 20;

    private final List<Kept> files;
    private final Rounds rounds;

    Keeper(List<? extends DerivedFile> files, ThreadFactory threads, TimeSource time) {
        this.files = files.stream().map(file -> new Kept(file, time)).toList();
        this.rounds =
                new Rounds(new CountDownLatch(1), LOOK_EVERY, () -> this.files.forEach(Kept::writeIfDue), threads);
    }

    void start() {
        rounds.start();
    }

    /** Writes what is stale a last time. */
    @Override
    public void close() {
        rounds.end(Duration.ZERO);
        files.forEach(Kept::writeIfStale);
    }

    private static final class Kept {
        private final DerivedFile file;
        private final TimeSource time;
        private final Stopwatch sinceWrite;
        private Duration rest = Duration.ZERO;
        private boolean troubled;

        Kept(DerivedFile file, TimeSource time) {
            this.file = file;
            this.time = time;
            this.sinceWrite = Stopwatch.start(time);
        }

        void writeIfDue() {
            if (sinceWrite.reached(rest) && sinceWrite.reached(file.leastRest())) {
                writeIfStale();
            }
        }

        void writeIfStale() {
            Stopwatch watch = Stopwatch.start(time);
            try {
                if (!file.isStale()) {
                    return;
                }
                file.write();
                troubled = false;
            } catch (IOException | RuntimeException | Error e) {
                // An Error too: without this thread no file would be written any more, and nobody would know.
                if (!troubled) {
                    log.warn("{} cannot be written; it is tried again, and nothing depends on it.", file.name(), e);
                }
                troubled = true;
            }
            rest = watch.elapsed().multipliedBy(SHARE_OF_TIME);
            sinceWrite.restart();
        }
    }
}
