package dev.orchestrator.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
}
