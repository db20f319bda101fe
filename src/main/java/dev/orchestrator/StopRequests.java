package dev.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asks this process to end. The first time it ends in good order, the second time it waits for nobody, the third time it
 * is gone at once: what is on disk is whole at every moment. Thread-safe.
 */
final class StopRequests {
    private static final Logger log = LoggerFactory.getLogger(StopRequests.class);
    private static final List<String> SIGNALS = List.of("TERM", "INT");
    private static final String HANG_UP = "HUP";
    private static final int BY_FORCE = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch askedAgain = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Runnable halt;
    private final List<Runnable> toUndo = new ArrayList<>();
    private final HangUp terminal = new HangUp();
    private volatile @Nullable Runnable reload;
    private int requests;
    private @Nullable String first;

    /** @param halt ends this process on the spot */
    StopRequests(Runnable halt) {
        this.halt = halt;
    }

    /** Those of this process, until {@link #done}. */
    static StopRequests ofThisProcess() {
        StopRequests requests = new StopRequests(() -> Runtime.getRuntime().halt(BY_FORCE));
        requests.listen();
        return requests;
    }

    private synchronized void listen() {
        // Where signals cannot be heard, and for whatever else ends the virtual machine.
        Thread hook = Threads.one("shutdown").newThread(this::virtualMachineEnds);
        Runtime.getRuntime().addShutdownHook(hook);
        toUndo.add(() -> remove(hook));
        SIGNALS.forEach(name -> toUndo.add(Signals.handle(name, this::signal)));
        toUndo.add(Signals.handle(HANG_UP, this::hangUp));
    }

    /** From now on a {@code HUP} that does not come from a terminal that was closed has {@code how} run, and ends nothing. */
    void reloadBy(Runnable how) {
        reload = how;
    }

    private void hangUp(String name) {
        Runnable how = reload;
        if (how == null || terminal.isOfTerminal()) {
            signal(name);
        } else {
            how.run();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is ending, and the hook is what waits for us.
        }
    }

    synchronized void signal(String name) {
        requests++;
        switch (requests) {
            case 1 -> {
                first = name;
                log.info("Asked to stop (SIG{}).", name);
                asked.countDown();
            }
            case 2 -> {
                log.warn("Asked to stop again (SIG{}): nobody is waited for any more.", name);
                askedAgain.countDown();
            }
            default -> halt.run();
        }
    }

    /** A virtual machine is gone when its hooks have run, so this waits until everything is put away. */
    private void virtualMachineEnds() {
        asked.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits at most {@code millis}; true when it is time to stop. */
    boolean await(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    /** True when whoever asked does not want to wait. */
    boolean isUrgent() {
        return askedAgain.getCount() == 0;
    }

    /**
     * True when the system will end this process within seconds, whatever it does: on Windows that is what {@code TERM} means,
     * for a console that was closed.
     *
     * @param windows whether this is one
     */
    synchronized boolean isCutShort(boolean windows) {
        return windows && "TERM".equals(first);
    }

    /** Everything is put away; from now on signals do what they always do. */
    synchronized void done() {
        toUndo.forEach(Runnable::run);
        toUndo.clear();
        done.countDown();
    }
}
