package dev.orchestrator.engine.local;

import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/** A fixed number of threads that do the same until they are told to go home. */
final class WorkerPool {
    private static final long LOOK_EVERY_MILLIS = 50;

    private final List<Thread> threads = new ArrayList<>();

    WorkerPool(ThreadFactory factory, int size, Runnable worker) {
        for (int i = 0; i < size; i++) {
            threads.add(factory.newThread(worker));
        }
        threads.forEach(Thread::start);
    }

    /** Waits at most {@code atMost} for all to end, less when it becomes urgent; true when they have. */
    boolean awaitEnd(Duration atMost, BooleanSupplier urgent, TimeSource time) throws InterruptedException {
        Stopwatch waited = Stopwatch.start(time);
        for (Thread thread : threads) {
            while (thread.isAlive() && !waited.reached(atMost) && !urgent.getAsBoolean()) {
                long left = atMost.minus(waited.elapsed()).toMillis();
                thread.join(Math.max(1, Math.min(left, LOOK_EVERY_MILLIS)));
            }
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
