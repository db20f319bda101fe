package dev.orchestrator.time;

import java.time.Instant;

enum SystemTime implements TimeSource {
    INSTANCE;

    @Override
    public Instant now() {
        return TimeSource.toMillis(Instant.now());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
