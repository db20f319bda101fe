package dev.orchestrator.engine.local;

import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** A fixed number of threads that do the same until they are told to go home. */
final class WorkerPool {
    private final List<Thread> threads = new ArrayList<>();

    WorkerPool(ThreadFactory factory, int size, Runnable worker) {
        for (int i = 0; i < size; i++) {
            threads.add(factory.newThread(worker));
        }
        threads.forEach(Thread::start);
    }

    /** Waits at most {@code atMost} for all to end; true when they have. */
    boolean awaitEnd(Duration atMost, TimeSource time) throws InterruptedException {
        Stopwatch waited = Stopwatch.start(time);
        for (Thread thread : threads) {
            long left = atMost.minus(waited.elapsed()).toMillis();
            if (left > 0) {
                thread.join(left);
            }
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
