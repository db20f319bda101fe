package dev.orchestrator;

import dev.orchestrator.control.ControlInbox;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the inbox for commands again and again, on a thread of its own. Commands are done one at a time. */
final class ControlDesk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlDesk.class);
    private static final long LOOK_EVERY_MILLIS = 100;

    private final ControlInbox inbox;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean troubled;

    ControlDesk(ControlInbox inbox, ThreadFactory threads) {
        this.inbox = inbox;
        this.thread = threads.newThread(this::run);
    }

    /** Does first what was wanted before this daemon started; to be called before any task is. */
    void start() {
        look();
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            log.debug("The control desk closes.");
        }
    }

    /** Does {@code command} while no other is being done. */
    synchronized <T> T alone(Supplier<T> command) {
        return command.get();
    }

    private synchronized void look() {
        try {
            inbox.look();
            troubled = false;
        } catch (IOException | RuntimeException | Error e) {
            // Said once, tried for ever: the command is still there.
            if (!troubled) {
                log.warn("A command could not be taken or answered; it is tried again.", e);
            }
            troubled = true;
        }
    }
}
