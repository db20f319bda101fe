package dev.orchestrator.task;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person may want to hear of who does not look. Small: whoever tells it looks up the rest.
 *
 * @param seq of the event that it is about, by which it is told from all others
 * @param taskId null when it is about no single task
 * @param title of the task
 * @param status of the task, null when it is about something else
 * @param text in a few words; empty when the status says it all
 */
public record Notice(
        long seq,
        Instant at,
        Kind kind,
        @Nullable TaskId taskId,
        @Nullable String title,
        @Nullable TaskStatus status,
        String text) {

    /** What it is about. */
    public enum Kind {
        SUCCEEDED,
        FAILED,
        /** A person has to say something before the task goes on. */
        WAITING,
        /** Nothing is started, or nothing of some kind. */
        PAUSED,
        /** That is over. */
        RESUMED,
        /** An agent reached beyond its bounds. */
        SECURITY,
        /** The settings are wrong, or a schedule is. */
        SETTINGS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
