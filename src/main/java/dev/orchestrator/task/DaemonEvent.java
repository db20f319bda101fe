package dev.orchestrator.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the daemon itself, to its journal, or to a file that never became a task. */
public sealed interface DaemonEvent extends Event
        permits NoticeEvent,
                ScheduleEvent,
                DaemonEvent.SegmentOpened,
                DaemonEvent.DaemonStarted,
                DaemonEvent.DaemonStopped,
                DaemonEvent.JournalRepaired,
                DaemonEvent.TaskRejected,
                DaemonEvent.QueuePaused,
                DaemonEvent.QueueResumed,
                DaemonEvent.ConfigReloaded,
                DaemonEvent.ConfigRefused,
                DaemonEvent.Unknown {

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

    /**
     * From here on no task is started, or none for {@code model}; says it again when something about it has changed.
     *
     * @param by who wants it so: a person, or {@code orchestrator}
     */
    record QueuePaused(
            Hold.Cause cause,
            @Nullable String model,
            String message,
            String remedy,
            @Nullable Instant until,
            String by) implements DaemonEvent {
        public QueuePaused(Hold hold, String by) {
            this(hold.cause(), hold.model(), hold.message(), hold.remedy(), hold.until(), by);
        }

        /** @param since when it was paused */
        public Hold hold(Instant since) {
            return new Hold(cause, model, message, remedy, since, until);
        }
    }

    /**
     * The end of one {@link QueuePaused}; others may still be in force.
     *
     * @param reason why it is over
     */
    record QueueResumed(Hold.Cause cause, @Nullable String model, String reason, String by) implements DaemonEvent {
        public Hold.Key key() {
            return new Hold.Key(cause, model);
        }
    }

    /**
     * The settings are others now.
     *
     * @param by who wanted them read: a person, a signal, or {@code file} when a file of theirs was edited
     */
    record ConfigReloaded(String by, List<Change> changes) implements DaemonEvent {
        public ConfigReloaded {
            changes = List.copyOf(changes);
        }

        /**
         * @param before as a user would write it; {@code ***} for a secret, empty for none
         * @param source where the new value stands
         */
        public record Change(String setting, String before, String after, String source) {}
    }

    /**
     * The settings were read again and are wrong; all stay as they were.
     *
     * @param by as {@link ConfigReloaded#by}
     */
    record ConfigRefused(String by, List<String> problems) implements DaemonEvent {
        public ConfigRefused {
            problems = List.copyOf(problems);
        }
    }

    /** An event that a newer version wrote; kept as it is, means nothing to this one. */
    record Unknown(String name) implements DaemonEvent {}
}
