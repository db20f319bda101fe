package dev.orchestrator.process;

import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A process and everything that it started, so that nothing of a run outlives it unseen. A child whose parent has gone is
 * not found through it any more; so the descendants are noted from time to time while the process runs, and on Linux
 * whatever carries the run's mark in its environment belongs to it too. For one thread.
 */
public final class ProcessFamily {
    /** The environment variable that marks the processes of a run. */
    public static final String MARK = "AI_TASK_ORCHESTRATOR_RUN";

    /** Listing the descendants looks at every process of the machine. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    /** A child that was to end with its parent is given this long to do so. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final @Nullable ProcessHandle root;
    private final boolean isNew;
    private final MarkedProcesses marked;
    private final Stopwatch age;
    private final Stopwatch sinceLook;
    private Set<ProcessHandle> known = new LinkedHashSet<>();
    private boolean looked;

    private ProcessFamily(@Nullable ProcessHandle root, boolean isNew, MarkedProcesses marked, TimeSource time) {
        this.root = root;
        this.isNew = isNew;
        this.marked = marked;
        this.age = Stopwatch.start(time);
        this.sinceLook = Stopwatch.start(time);
    }

    static ProcessFamily of(RunningProcess root, MarkedProcesses marked, TimeSource time) {
        return new ProcessFamily(root.handle(), root.wasStartedHere(), marked, time);
    }

    static ProcessFamily orphans(MarkedProcesses marked, TimeSource time) {
        return new ProcessFamily(null, false, marked, time);
    }

    /** Notes who is there. To be called often while the process runs; does little most of the time. */
    public void look() {
        if (!looked || sinceLook.reached(LOOK_EVERY)) {
            looked = true;
            sinceLook.restart();
            note();
        }
    }

    /** Ends the process and everything it started; they have {@code grace} to end by themselves. */
    public ProcessTree.Stopped stop(Duration grace) throws InterruptedException {
        return stop(grace, () -> false);
    }

    /** As {@link #stop(Duration)}, but when it becomes {@code urgent} they have a second at most. */
    public ProcessTree.Stopped stop(Duration grace, BooleanSupplier urgent) throws InterruptedException {
        return ProcessTree.stop(this::members, grace, urgent);
    }

    /** Ends what the process has left behind now that it has ended. */
    public ProcessTree.Stopped stopRest(Duration grace) throws InterruptedException {
        List<ProcessHandle> rest = running();
        if (rest.isEmpty()) {
            return ProcessTree.Stopped.NOTHING;
        }
        ProcessTree.awaitEnd(rest, SETTLE);
        return running().isEmpty() ? ProcessTree.Stopped.NOTHING : stop(grace);
    }

    /** Looks anew when all that were there have just ended: they may have left their work to a child. */
    private List<ProcessHandle> running() {
        Set<ProcessHandle> seen = members();
        List<ProcessHandle> running = ProcessTree.running(seen);
        while (running.isEmpty() && !seen.isEmpty()) {
            seen = members();
            running = ProcessTree.running(seen);
        }
        return running;
    }

    private void note() {
        Set<ProcessHandle> now = new LinkedHashSet<>(ProcessTree.running(known));
        for (ProcessHandle each : List.copyOf(now)) {
            each.descendants().forEach(now::add);
        }
        if (root != null) {
            root.descendants().forEach(now::add);
        }
        known = now;
    }

    /** The first is the process itself: it should learn that it is to stop before it sees its children die. */
    private Set<ProcessHandle> members() {
        Set<ProcessHandle> members = new LinkedHashSet<>();
        if (root != null && ProcessTree.isRunning(root)) {
            members.add(root);
        }
        if (!members.isEmpty() || !known.isEmpty()) {
            note();
        }
        members.addAll(known);
        for (ProcessHandle each : markedNow()) {
            members.add(each);
            // What a wrapper holds may have lost the mark, and its parent.
            if (Wrappers.isOne(each)) {
                each.descendants().forEach(members::add);
            }
        }
        return members;
    }

    private List<ProcessHandle> markedNow() {
        // Within moments the pids do not go all the way round.
        if (root != null && isNew && !age.reached(LOOK_EVERY)) {
            return marked.after(root.pid());
        }
        return marked.all();
    }
}
