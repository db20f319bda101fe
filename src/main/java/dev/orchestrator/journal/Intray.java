package dev.orchestrator.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where threads leave items for the one thread that takes them all at once. Bounded: who brings more waits. Thread-safe.
 *
 * @param <T> an item
 */
final class Intray<T> {
    private final int mostItems;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private List<T> items = new ArrayList<>();
    private boolean closed;

    Intray(int mostItems) {
        this.mostItems = mostItems;
    }

    /** Leaves {@code item}; false when the tray is closed. */
    boolean put(T item) {
        lock.lock();
        try {
            while (items.size() >= mostItems && !closed) {
                emptied.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            items.add(item);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Leaves {@code item} if there is room now and the tray is open; answers whether it did. */
    boolean offer(T item) {
        lock.lock();
        try {
            return items.size() < mostItems && put(item);
        } finally {
            lock.unlock();
        }
    }

    /**
     * All items, waiting at most {@code nanos} for the first. Empty when the time is up and when the tray is closed and
     * has nothing left. An interrupt only ends the waiting: the taking thread is stopped by {@link #close}.
     */
    List<T> take(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (items.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // See above.
        } finally {
            lock.unlock();
        }
        return drain();
    }

    /** Waits {@code millis}, or less when the tray is closed meanwhile; true when it is closed. */
    boolean awaitClosed(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed;
        } catch (InterruptedException e) {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further items and wakes everybody who waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private List<T> drain() {
        lock.lock();
        try {
            List<T> all = items;
            items = new ArrayList<>();
            emptied.signalAll();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
