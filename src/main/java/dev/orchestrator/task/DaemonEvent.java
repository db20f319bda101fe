package dev.orchestrator.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the daemon itself, to its journal, or to a file that never became a task. */
public sealed interface DaemonEvent extends Event {

    /** First line of every journal segment; a reader that does not know the version must not guess. */
    record SegmentOpened(String schemaVersion, long segment) implements DaemonEvent {}

    record DaemonStarted(String version, long pid, int workers) implements DaemonEvent {}

    /**
     * @param reason why it stopped: drained, signal, error
     * @param leftRunning tasks whose agents go on without a daemon
     */
    record DaemonStopped(String reason, List<TaskId> leftRunning) implements DaemonEvent {
        public DaemonStopped {
            leftRunning = List.copyOf(leftRunning);
        }
    }

    /** The journal was not as it should be when it was opened; {@code setAside} is where the original went, if it did. */
    record JournalRepaired(
            String problem, long droppedBytes, @Nullable String setAside) implements DaemonEvent {}

    /**
     * A dropped file that was not understood.
     *
     * @param file its name
     * @param movedTo where it lies now, relative to the home
     * @param line of the problem, counted from 1, when there is one
     * @param remedy what to change
     */
    record TaskRejected(
            String file,
            String movedTo,
            String sha256,
            String reason,
            @Nullable Integer line,
            String remedy) implements DaemonEvent {}

    /** An event that a newer version wrote; kept as it is, means nothing to this one. */
    record Unknown(String name) implements DaemonEvent {}
}
