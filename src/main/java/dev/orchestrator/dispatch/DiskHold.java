package dev.orchestrator.dispatch;

import dev.orchestrator.task.Hold;
import dev.orchestrator.time.TimeSource;
import java.util.Optional;

/** Stops everything while the home's own files cannot be written. Thread-safe. */
final class DiskHold {
    private static final Hold.Key KEY = new Hold.Key(Hold.Cause.DISK, null);

    private final Holds holds;
    private final Surroundings surroundings;
    private final TimeSource time;

    DiskHold(Holds holds, Surroundings surroundings, TimeSource time) {
        this.holds = holds;
        this.surroundings = surroundings;
        this.time = time;
    }

    /** A file of ours failed. True when that is the home's fault, not the file's. */
    boolean failed() {
        Optional<String> wrong = surroundings.ownFilesProblem();
        wrong.ifPresent(this::hold);
        return wrong.isPresent();
    }

    /**
     * Looks how the disk is. Writing is tried only when it has failed before: a disk should be allowed to sleep.
     *
     * @return true when it can be used again
     */
    boolean look() {
        boolean held = holds.of(Hold.Cause.DISK).isPresent();
        Optional<String> problem = held ? surroundings.ownFilesProblem() : surroundings.lackOfSpace();
        problem.ifPresent(this::hold);
        return held && problem.isEmpty() && holds.remove(KEY, "the home can be written again", Holds.ORCHESTRATOR);
    }

    private void hold(String problem) {
        Optional<Hold> known = holds.of(Hold.Cause.DISK);
        if (known.filter(hold -> hold.message().equals(problem)).isEmpty()) {
            holds.put(
                    new Hold(
                            Hold.Cause.DISK,
                            null,
                            problem,
                            "It goes on by itself when this is mended; nothing is lost.",
                            time.now(),
                            null),
                    Holds.ORCHESTRATOR);
        }
    }
}
