package dev.orchestrator.guard.hook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the guard saw of a run: told by whoever answers, asked by whoever follows the run. Thread-safe. */
public final class Sightings {
    private final Set<String> seen = new HashSet<>();
    private final Set<String> passed = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final List<GuardRecord.Refused> untold = new ArrayList<>();

    /** The agent asked before the call {@code id}, and was not refused. */
    public synchronized void passed(String id) {
        seen.add(id);
        passed.add(id);
    }

    /**
     * The agent asked, and was refused. Who asks for a second time, by the id of a call that was let pass, may be the command
     * that it runs: that takes nothing back.
     */
    public synchronized void refused(GuardRecord.Refused call) {
        seen.add(call.call());
        if (!passed.contains(call.call())) {
            refused.add(call.call());
        }
        untold.add(call);
    }

    /** True when the agent asked before the call {@code id}. */
    public synchronized boolean hasSeen(String id) {
        return seen.contains(id);
    }

    /** True when the agent asked before the call {@code id}, and was never told that it may. */
    public synchronized boolean hasRefused(String id) {
        return refused.contains(id);
    }

    /** What was refused since this was last asked, at first since the run began. In order. */
    public synchronized List<GuardRecord.Refused> newlyRefused() {
        List<GuardRecord.Refused> all = List.copyOf(untold);
        untold.clear();
        return all;
    }

    synchronized int size() {
        return seen.size();
    }
}
