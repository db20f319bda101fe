package dev.orchestrator.control;

import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked of a daemon. Doing the same again does no harm. */
public interface Commands {

    /**
     * What became of a command.
     *
     * @param message for a person
     */
    record Reply(boolean ok, String message) {
        private static final Reply NOT_YET = new Reply(false, "not yet");

        public static Reply done(String message) {
            return new Reply(true, message);
        }

        /** It cannot be done before something else is over; whoever asked is to ask again. */
        public static Reply notYet() {
            return NOT_YET;
        }

        boolean isNotYet() {
            return equals(NOT_YET);
        }

        public static Reply refused(String message) {
            return new Reply(false, message);
        }
    }

    /** Ends a task wherever it is. */
    Reply cancel(TaskId id, String by);

    /** Does a task again that ended badly, or at once what waits to be tried again. */
    Reply retry(TaskId id, String by);

    /**
     * Goes on with a task that is over, or whose agent asked something.
     *
     * @param message what the agent is told
     */
    Reply reply(TaskId id, String by, String message);

    /**
     * Grants the change of a guarded task, which is applied.
     *
     * @param files globs of what is granted, relative to the task's directory; empty for all of it
     */
    Reply approve(TaskId id, String by, List<String> files);

    /** Refuses the change of a guarded task. */
    Reply reject(TaskId id, String by, @Nullable String reason);

    /** Takes the change of a guarded task back that was applied. */
    Reply undo(TaskId id, String by);

    /** Starts no further task; what runs goes on. */
    Reply pause(String by, String reason);

    /** Starts tasks again. */
    Reply resume(String by);

    /** Removes what is left of tasks that ended longer ago than {@code age}. */
    Reply clean(Cleaning.Kind kind, Duration age);

    /**
     * Packs what the journal has of long ago.
     *
     * @param age what is older is removed; empty to remove nothing
     */
    Reply prune(Optional<Duration> age);

    /** Reads the settings again. */
    Reply reload(String by);
}
