package dev.orchestrator.testkit;

import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class ManualTime implements TimeSource {
    public static final Instant START = Instant.parse("2026-11-22T14:25:01.000Z");

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant now() {
        return TimeSource.toMillis(START.plusNanos(nanos.get()));
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
