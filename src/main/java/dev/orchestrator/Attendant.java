package dev.orchestrator;

import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.schedule.Scheduler;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at what is in the way of starting tasks, at what waits too long and at what is due, on a thread of its own. */
final class Attendant implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Attendant.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_AROUND_EVERY = Duration.ofSeconds(5);

    private final Dispatcher dispatcher;
    private final Approvals approvals;
    private final Scheduler scheduler;
    private final Rounds rounds;
    private final Stopwatch sinceLookAround;

    Attendant(Dispatcher dispatcher, Approvals approvals, Scheduler scheduler, ThreadFactory threads, TimeSource time) {
        this.dispatcher = dispatcher;
        this.approvals = approvals;
        this.scheduler = scheduler;
        this.rounds = new Rounds(new CountDownLatch(1), LOOK_EVERY, this::look, threads);
        this.sinceLookAround = Stopwatch.start(time);
    }

    void start() {
        rounds.start();
    }

    /** A program that is being asked may take seconds to answer; nobody waits for it. */
    @Override
    public void close() {
        rounds.interrupt(Duration.ofSeconds(5));
    }

    private void look() throws InterruptedException {
        try {
            dispatcher.look();
            if (sinceLookAround.reached(LOOK_AROUND_EVERY)) {
                sinceLookAround.restart();
                dispatcher.lookAround();
                approvals.expire();
                scheduler.look();
            }
        } catch (RuntimeException | Error e) {
            // Without this thread nothing would ever go on that waits.
            log.error("Looking at what is in the way failed; it is tried again.", e);
        }
    }
}
