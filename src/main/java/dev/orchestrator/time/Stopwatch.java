package dev.orchestrator.time;

import java.time.Duration;

/** Time passed since it was started or last restarted, on the monotonic clock. For one thread. */
public final class Stopwatch {
    private final TimeSource time;
    private long origin;

    private Stopwatch(TimeSource time) {
        this.time = time;
        this.origin = time.nanoTime();
    }

    public static Stopwatch start(TimeSource time) {
        return new Stopwatch(time);
    }

    public void restart() {
        origin = time.nanoTime();
    }

    public Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - origin);
    }

    /** True when at least {@code limit} has passed. */
    public boolean reached(Duration limit) {
        return elapsed().compareTo(limit) >= 0;
    }
}
