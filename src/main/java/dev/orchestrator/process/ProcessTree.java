package dev.orchestrator.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a process with all its descendants: asks, waits, then kills. The descendants are listed before anything is
 * signalled, because a child whose parent has gone is no longer found through it.
 */
public final class ProcessTree {
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);

    private ProcessTree() {}

    /**
     * How it went.
     *
     * @param asked processes that were asked to end
     * @param killed of these, how many had to be killed
     * @param alive pids that even that did not end
     */
    public record Stopped(int asked, int killed, List<Long> alive) {}

    /** Stops {@code root} and its descendants; they have {@code grace} to end by themselves. */
    static Stopped stop(ProcessHandle root, Duration grace) throws InterruptedException {
        Set<ProcessHandle> tree = new LinkedHashSet<>();
        tree.add(root);
        root.descendants().forEach(tree::add);
        // The root first: it should learn that it is to stop before it sees its children die.
        tree.forEach(ProcessHandle::destroy);
        awaitEnd(tree, grace);

        // What was started during the grace, while its parent could still be found.
        for (ProcessHandle process : List.copyOf(tree)) {
            process.descendants().forEach(tree::add);
        }
        List<ProcessHandle> stubborn = alive(tree);
        stubborn.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(stubborn, KILL_WAIT);
        return new Stopped(
                tree.size(),
                stubborn.size(),
                alive(stubborn).stream().map(ProcessHandle::pid).toList());
    }

    private static List<ProcessHandle> alive(Iterable<ProcessHandle> processes) {
        List<ProcessHandle> alive = new ArrayList<>();
        processes.forEach(process -> {
            if (process.isAlive()) {
                alive.add(process);
            }
        });
        return alive;
    }

    private static void awaitEnd(Iterable<ProcessHandle> processes, Duration atMost) throws InterruptedException {
        CompletableFuture<?>[] ends =
                alive(processes).stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The caller looks at who is left.
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for a process", e);
        }
    }
}
