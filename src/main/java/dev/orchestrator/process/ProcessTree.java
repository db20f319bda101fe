package dev.orchestrator.process;

import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ends processes that belong together: asks, waits, then kills. All are listed before anything is signalled, because a
 * child whose parent has gone is no longer found through it.
 */
public final class ProcessTree {
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** Of somebody else's child the JDK learns late that it has ended, and most end in a moment. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(1);
    /** One that forks faster than we look is chased for so many rounds. */
    private static final int MOST_ROUNDS = 50;
    /** Of its grace, what a process has in any case: enough to put down where it was. */
    private static final Duration LEAST_GRACE = Duration.ofSeconds(1);

    private ProcessTree() {}

    /**
     * How it went.
     *
     * @param asked processes that were asked to end
     * @param killed of these, how many had to be killed
     * @param alive pids that even that did not end
     */
    public record Stopped(int asked, int killed, List<Long> alive) {
        static final Stopped NOTHING = new Stopped(0, 0, List.of());
    }

    /** Stops {@code root} and its descendants; they have {@code grace} to end by themselves. */
    static Stopped stop(ProcessHandle root, Duration grace) throws InterruptedException {
        return stop(() -> withDescendants(List.of(root)), grace, () -> false);
    }

    /**
     * Stops all {@code members}; they have {@code grace} to end by themselves.
     *
     * @param members who is there now, in the order in which they are to be asked
     * @param urgent true when all but a second of the grace is to be left out
     */
    static Stopped stop(Supplier<Set<ProcessHandle>> members, Duration grace, BooleanSupplier urgent)
            throws InterruptedException {
        Set<ProcessHandle> tree = new LinkedHashSet<>(members.get());
        tree.stream().filter(process -> !Wrappers.isOne(process)).forEach(ProcessHandle::destroy);
        awaitEnd(tree, grace, process -> {}, urgent);

        Set<ProcessHandle> killed = kill(tree, members);
        tree.addAll(killed);
        return new Stopped(
                tree.size(),
                killed.size(),
                running(killed).stream().map(ProcessHandle::pid).toList());
    }

    /**
     * Kills whoever is left of {@code tree} and of its members, with those that were started during the grace. Looks again
     * after each round: a process may have forked between the look and its death.
     */
    private static Set<ProcessHandle> kill(Set<ProcessHandle> tree, Supplier<Set<ProcessHandle>> members)
            throws InterruptedException {
        Set<ProcessHandle> killed = new LinkedHashSet<>();
        Set<ProcessHandle> left = left(tree, members, killed);
        for (int round = 0; round < MOST_ROUNDS && !left.isEmpty(); round++) {
            // Not once: what the system refuses now it may do in a moment.
            awaitEnd(left, KILL_WAIT, ProcessHandle::destroyForcibly, () -> false);
            killed.addAll(left);
            left = left(left, members, killed);
        }
        return killed;
    }

    /** Looks anew when all that were there have just ended: they may have left their work to a child. */
    private static Set<ProcessHandle> left(
            Set<ProcessHandle> tree, Supplier<Set<ProcessHandle>> members, Set<ProcessHandle> killed) {
        for (int look = 0; look < MOST_ROUNDS; look++) {
            Set<ProcessHandle> seen = withDescendants(running(tree));
            seen.addAll(members.get());
            // One that a kill did not end is in the hands of the system.
            seen.removeAll(killed);
            List<ProcessHandle> left = running(seen);
            if (seen.isEmpty() || !left.isEmpty()) {
                return new LinkedHashSet<>(left);
            }
        }
        return Set.of();
    }

    private static Set<ProcessHandle> withDescendants(Collection<ProcessHandle> processes) {
        Set<ProcessHandle> all = new LinkedHashSet<>(processes);
        processes.forEach(process -> process.descendants().forEach(all::add));
        return all;
    }

    static List<ProcessHandle> running(Collection<ProcessHandle> processes) {
        return processes.stream().filter(ProcessTree::isRunning).toList();
    }

    /**
     * False also for one that has ended and whose parent has not asked for its exit code: in a container without an init
     * process such a one stays for ever, and the JDK calls it alive.
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** {@code /proc/4711/stat} is {@code 4711 (name) Z 1 ...}; the name may hold anything. */
    private static boolean isZombie(long pid) {
        try {
            Path file = Path.of("/proc", Long.toString(pid), "stat");
            String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            // Another system, or it has gone.
            return false;
        }
    }

    static void awaitEnd(Collection<ProcessHandle> processes, Duration atMost) throws InterruptedException {
        awaitEnd(processes, atMost, process -> {}, () -> false);
    }

    /**
     * @param meanwhile what is done about each that is still running, over and over
     * @param urgent true when {@link #LEAST_GRACE} is to be enough
     */
    private static void awaitEnd(
            Collection<ProcessHandle> processes,
            Duration atMost,
            Consumer<ProcessHandle> meanwhile,
            BooleanSupplier urgent)
            throws InterruptedException {
        Stopwatch waited = Stopwatch.start(TimeSource.system());
        List<ProcessHandle> left = running(processes);
        Duration pause = FIRST_LOOK;
        while (!left.isEmpty() && !waited.reached(atMost) && !(waited.reached(LEAST_GRACE) && urgent.getAsBoolean())) {
            left.forEach(meanwhile);
            Duration rest = atMost.minus(waited.elapsed());
            awaitExit(left, rest.compareTo(pause) < 0 ? rest : pause);
            pause = pause.compareTo(LOOK_EVERY) < 0 ? pause.multipliedBy(2) : LOOK_EVERY;
            left = running(left);
        }
    }

    private static void awaitExit(List<ProcessHandle> processes, Duration atMost) throws InterruptedException {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The caller looks at who is left.
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for a process", e);
        }
    }
}
