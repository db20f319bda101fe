package dev.orchestrator.guard.hook;

import java.util.List;

/** What a guard saw of a run. */
public interface Sight {
    /** True when the agent asked before the call {@code id}. */
    boolean hasSeen(String id);

    /** True when the call {@code id} was asked for and refused. */
    boolean hasRefused(String id);

    /** What was refused since this was last asked, at first since the run began. In order. */
    List<GuardRecord.Refused> newlyRefused();
}
