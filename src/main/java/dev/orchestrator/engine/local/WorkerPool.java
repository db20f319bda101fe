package dev.orchestrator.engine.local;

import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/** Threads that do the same until they are told to go home. There may be more of them as time goes by, never less. Thread-safe. */
final class WorkerPool {
    private static final long LOOK_EVERY_MILLIS = 50;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Thread> others = new CopyOnWriteArrayList<>();
    private final ThreadFactory factory;
    private final Runnable worker;

    WorkerPool(ThreadFactory factory, Runnable worker) {
        this.factory = factory;
        this.worker = worker;
    }

    /** Sees to it that there are {@code size} of them at least. */
    synchronized void grow(int size) {
        while (threads.size() < size) {
            Thread thread = factory.newThread(worker);
            threads.add(thread);
            thread.start();
        }
    }

    /** One more, which does something else. */
    void add(Runnable other) {
        Thread thread = factory.newThread(other);
        others.add(thread);
        thread.start();
    }

    /** Waits at most {@code atMost} for all to end, less when it becomes urgent; true when they have. */
    boolean awaitEnd(Duration atMost, BooleanSupplier urgent, TimeSource time) throws InterruptedException {
        Stopwatch waited = Stopwatch.start(time);
        List<Thread> all = new ArrayList<>(threads);
        all.addAll(others);
        for (Thread thread : all) {
            while (thread.isAlive() && !waited.reached(atMost) && !urgent.getAsBoolean()) {
                long left = atMost.minus(waited.elapsed()).toMillis();
                thread.join(Math.max(1, Math.min(left, LOOK_EVERY_MILLIS)));
            }
        }
        return all.stream().noneMatch(Thread::isAlive);
    }
}
