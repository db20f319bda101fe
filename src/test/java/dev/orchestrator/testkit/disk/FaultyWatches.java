package dev.orchestrator.testkit.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches real directories and tells of them as they are seen through a {@link FaultyDisk}. */
final class FaultyWatches implements WatchService {
    private final FaultyDisk disk;
    private final WatchService real;

    FaultyWatches(FaultyDisk disk, WatchService real) {
        this.disk = disk;
        this.real = real;
    }

    /** The real service for one of ours; everything else is answered as it is. */
    static @Nullable Object real(@Nullable Object argument) {
        return argument instanceof FaultyWatches watches ? watches.real : argument;
    }

    @Override
    public void close() throws IOException {
        real.close();
    }

    @Override
    public @Nullable WatchKey poll() {
        return seen(real.poll());
    }

    @Override
    public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
        return seen(real.poll(timeout, unit));
    }

    @Override
    public WatchKey take() throws InterruptedException {
        return new Key(disk, real.take());
    }

    private @Nullable WatchKey seen(@Nullable WatchKey key) {
        return key == null ? null : new Key(disk, key);
    }

    /** A directory that is watched; names in its events are relative, so they need no translation. */
    record Key(FaultyDisk disk, WatchKey real) implements WatchKey {
        @Override
        public boolean isValid() {
            return real.isValid();
        }

        @Override
        public List<WatchEvent<?>> pollEvents() {
            return real.pollEvents();
        }

        @Override
        public boolean reset() {
            return real.reset();
        }

        @Override
        public void cancel() {
            real.cancel();
        }

        @Override
        public Watchable watchable() {
            return real.watchable() instanceof Path path ? disk.on(path) : real.watchable();
        }
    }
}
