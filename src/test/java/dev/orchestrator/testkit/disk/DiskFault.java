package dev.orchestrator.testkit.disk;

import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Does something about some operations of certain kinds in a row, and lets all others happen. Thread-safe. */
public final class DiskFault implements DiskWatch {
    /** A refusal, or a delay. */
    @FunctionalInterface
    public interface Effect {
        void on(DiskOperation operation) throws IOException;
    }

    private final Set<Kind> kinds;
    private final int first;
    private final int times;
    private final Effect effect;
    private final AtomicInteger seen = new AtomicInteger();
    private volatile boolean over;

    /**
     * @param first number of the first that is concerned, counted from 0
     * @param effect what comes before it
     */
    public DiskFault(Set<Kind> kinds, int first, int times, Effect effect) {
        this.kinds = Set.copyOf(kinds);
        this.first = first;
        this.times = times;
        this.effect = effect;
    }

    @Override
    public <T> T around(DiskOperation operation, Doing<T> doing) throws IOException {
        if (!over && kinds.contains(operation.kind()) && !isLookOfTest(operation) && !isOfUser(operation)) {
            int number = seen.getAndIncrement();
            if (number >= first && number < first + times) {
                effect.on(operation);
            }
        }
        return doing.run();
    }

    /** Whoever waits for a daemon to be idle lists this directory all the time; the daemon itself does it in one thread. */
    private static boolean isLookOfTest(DiskOperation operation) {
        return operation.kind() == Kind.LIST
                && operation.path().endsWith("tasks")
                && !Thread.currentThread().getName().equals("intake");
    }

    /** A template that cannot be read is the user's to mend, and fails the task with that advice. */
    private static boolean isOfUser(DiskOperation operation) {
        return operation.path().getParent().endsWith("templates");
    }

    /** True when one fault is followed by another. */
    public boolean isLasting() {
        return times > 1;
    }

    @Override
    public String toString() {
        return "from " + first + ", " + times + " times";
    }

    /** From now on nothing is done about anything, and nothing is counted. */
    public void end() {
        over = true;
    }

    /** How many operations of these kinds there were. */
    public int seen() {
        return seen.get();
    }
}
