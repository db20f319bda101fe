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

    private Await() {}

    /** Returns when {@code condition} holds; looks again every few milliseconds. */
    public static void until(Duration atMost, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("did not come about in " + atMost);
                }
                new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
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
