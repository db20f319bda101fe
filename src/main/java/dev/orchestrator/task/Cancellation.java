package dev.orchestrator.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop that is passed down to whoever does the work. Thread-safe. The first reason given is kept; hooks run
 * once, on the thread that stops, or at once on the caller's thread when the stop came before the hook.
 */
public final class Cancellation {

    /** Why the work has to stop. */
    public enum Reason {
        /** A person cancelled the task. */
        CANCELLED,
        /** The daemon ends and the work is to be stopped with it. */
        SHUTDOWN_STOP,
        /** The daemon ends and leaves the running agent to the next daemon. */
        SHUTDOWN_LEAVE
    }

    private final CountDownLatch urgent = new CountDownLatch(1);
    private final CountDownLatch endIsNear = new CountDownLatch(1);
    private final List<Runnable> hooks = new ArrayList<>();
    private @Nullable Reason reason;

    public void stop(Reason why) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(hooks);
            hooks.clear();
        }
        endIsNear.countDown();
        toRun.forEach(Runnable::run);
    }

    /** Says that the daemon is about to end. The work may still be finished. */
    public void announceEnd() {
        endIsNear.countDown();
    }

    /** Says that whoever wants the stop does not want to wait for it. */
    public void urge() {
        urgent.countDown();
    }

    /** True when the work is to be stopped with hardly any grace. */
    public boolean isUrgent() {
        return urgent.getCount() == 0;
    }

    /** Waits at most {@code atMost}; true when a stop was asked for or the daemon is about to end. */
    public boolean awaitEndNear(Duration atMost) throws InterruptedException {
        return endIsNear.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Null while nobody asked to stop. */
    public synchronized @Nullable Reason reason() {
        return reason;
    }

    public boolean isStopped() {
        return reason() != null;
    }

    /** Runs {@code hook} when a stop is asked for. A hook must be short and must not throw. */
    public void onStop(Runnable hook) {
        synchronized (this) {
            if (reason == null) {
                hooks.add(hook);
                return;
            }
        }
        hook.run();
    }
}
