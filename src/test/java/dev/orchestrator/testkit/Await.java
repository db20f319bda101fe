package dev.orchestrator.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for a condition that only another process can bring about. */
public final class Await {
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final long LOOK_FIRST_AFTER_MILLIS = 1;

    private Await() {}

    /** Returns when {@code condition} holds; looks again every few milliseconds, more often in the beginning. */
    public static void until(Duration atMost, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long pause = LOOK_FIRST_AFTER_MILLIS;
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("did not come about in " + atMost);
                }
                new CountDownLatch(1).await(pause, TimeUnit.MILLISECONDS);
                pause = Math.min(pause + 1, LOOK_EVERY_MILLIS);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What {@code source} gives as soon as that is not null. */
    public static <T> T value(Duration atMost, Callable<@Nullable T> source) {
        AtomicReference<@Nullable T> found = new AtomicReference<>();
        until(atMost, () -> {
            found.set(source.call());
            return found.get() != null;
        });
        return Objects.requireNonNull(found.get());
    }
}
