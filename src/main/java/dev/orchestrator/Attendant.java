package dev.orchestrator;

import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.schedule.Scheduler;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at what is in the way of starting tasks, at what waits too long and at what is due, on a thread of its own. */
final class Attendant implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Attendant.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_AROUND_EVERY = Duration.ofSeconds(5);
    private static final Duration KEEP_HOUSE_EVERY = Duration.ofHours(1);

    private final Dispatcher dispatcher;
    private final Approvals approvals;
    private final Scheduler scheduler;
    private final Runnable housekeeping;
    private final Thread thread;
    private final Stopwatch sinceLookAround;
    private final Stopwatch sinceHousekeeping;
    private final CountDownLatch closing = new CountDownLatch(1);

    Attendant(
            Dispatcher dispatcher,
            Approvals approvals,
            Scheduler scheduler,
            Runnable housekeeping,
            ThreadFactory threads,
            TimeSource time) {
        this.dispatcher = dispatcher;
        this.approvals = approvals;
        this.scheduler = scheduler;
        this.housekeeping = housekeeping;
        this.sinceHousekeeping = Stopwatch.start(time);
        this.thread = threads.newThread(this::run);
        this.sinceLookAround = Stopwatch.start(time);
    }

    void start() {
        thread.start();
    }

    /** A program that is being asked may take seconds to answer; nobody waits for it. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            // Also where no daemon lives as long as the next time is away.
            keepHouse();
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            log.debug("The attendant goes home.");
        }
    }

    private void look() throws InterruptedException {
        try {
            dispatcher.look();
            if (sinceLookAround.reached(LOOK_AROUND_EVERY)) {
                dispatcher.lookAround();
                approvals.expire();
                scheduler.look();
                sinceLookAround.restart();
            }
            if (sinceHousekeeping.reached(KEEP_HOUSE_EVERY)) {
                keepHouse();
            }
        } catch (RuntimeException | Error e) {
            // Without this thread nothing would ever go on that waits.
            log.error("Looking at what is in the way failed; it is tried again.", e);
        }
    }

    private void keepHouse() {
        try {
            housekeeping.run();
        } catch (RuntimeException | Error e) {
            log.error("What is old could not be removed; it is tried again.", e);
        }
        sinceHousekeeping.restart();
    }
}
