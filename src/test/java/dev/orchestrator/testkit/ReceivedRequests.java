package dev.orchestrator.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Every request so far, for assertions. Thread-safe. */
final class ReceivedRequests {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<ApiRequest> requests = new ArrayList<>();

    void add(ApiRequest request) {
        lock.lock();
        try {
            requests.add(request);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<ApiRequest> matching(Predicate<ApiRequest> filter) {
        lock.lock();
        try {
            return requests.stream().filter(filter).toList();
        } finally {
            lock.unlock();
        }
    }

    List<ApiRequest> await(Predicate<ApiRequest> filter, int count, Duration timeout) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (matching(filter).size() < count) {
                if (left <= 0) {
                    throw new AssertionError("waited " + timeout + " for " + count + " requests, have "
                            + matching(filter).size() + " of " + requests.size() + " in all");
                }
                left = added.awaitNanos(left);
            }
            return matching(filter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for requests", e);
        } finally {
            lock.unlock();
        }
    }
}
