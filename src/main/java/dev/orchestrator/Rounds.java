package dev.orchestrator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Does the same again and again, with a rest in between, on a thread of its own. */
final class Rounds {
    private final CountDownLatch ending;
    private final Duration rest;
    private final Round round;
    private final Thread thread;

    /** What is done. It has to deal with all that fails: without the thread it would never be done again. */
    @FunctionalInterface
    interface Round {
        void look() throws InterruptedException;
    }

    /** @param ending no round is begun after that; given by {@link #end} */
    Rounds(CountDownLatch ending, Duration rest, Round round, ThreadFactory threads) {
        this.ending = ending;
        this.rest = rest;
        this.round = round;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Nobody waits for what takes longer than {@code atMost}; with zero, for as long as it takes. */
    void end(Duration atMost) {
        ending.countDown();
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@link #end}, also in the middle of a round. */
    void interrupt(Duration atMost) {
        ending.countDown();
        thread.interrupt();
        end(atMost);
    }

    private void run() {
        try {
            while (!ending.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                round.look();
            }
        } catch (InterruptedException e) {
            // Whoever owns it wants it to end.
            Thread.currentThread().interrupt();
        }
    }
}
