package dev.orchestrator;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The only maker of threads. Every thread is named by its role, and none keeps the process alive: the main thread decides
 * when it ends.
 */
final class Threads {
    private static final int IDLE_SECONDS = 60;

    private Threads() {}

    /** Makes one thread called {@code role}. */
    static ThreadFactory one(String role) {
        return runnable -> thread(runnable, role);
    }

    /** Makes threads called {@code role-1}, {@code role-2} and so on. */
    static ThreadFactory numbered(String role) {
        AtomicInteger number = new AtomicInteger();
        return runnable -> thread(runnable, role + "-" + number.incrementAndGet());
    }

    /** At most {@code size} threads at a time, as many as are needed, called as by {@link #numbered}. */
    static ExecutorService pool(String role, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), numbered(role));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(Runnable runnable, String name) {
        Thread thread = new Thread(runnable, name);
        thread.setDaemon(true);
        return thread;
    }
}
