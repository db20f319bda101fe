package dev.orchestrator.task;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why no task is started, or none for some model, though workers may be free. What runs goes on.
 *
 * @param model part of the names of the models that it is about, such as {@code opus}; null when it is about all tasks
 * @param message what is in the way, for a person
 * @param remedy what to do about it
 * @param until when it ends by itself; null when that is not known, or when somebody has to end it
 */
public record Hold(
        Cause cause,
        @Nullable String model,
        String message,
        String remedy,
        Instant since,
        @Nullable Instant until) {

    public Hold {
        Objects.requireNonNull(cause);
        Objects.requireNonNull(message);
        Objects.requireNonNull(remedy);
        Objects.requireNonNull(since);
    }

    /** What can be in the way of all tasks. */
    public enum Cause {
        /** Somebody said `pause`. */
        PERSON,
        USAGE_LIMIT,
        AUTH,
        BILLING,
        AGENT_MISSING,
        /** Nothing may be started outside of a sandbox, and there is none. */
        SANDBOX_MISSING,
        /** The money or the runs of a day, or all of them, are spent. */
        BUDGET,
        /** The orchestrator's own files cannot be written. */
        DISK;

        /** True when the agent lacks what no task can do without. */
        public boolean isLackOfAgent() {
            return this == AUTH || this == BILLING || this == AGENT_MISSING || this == SANDBOX_MISSING;
        }

        /** True when a program of the user's own does well without it: its account is another. */
        public boolean isOfBuiltInAgent() {
            return this == USAGE_LIMIT || this == AUTH || this == BILLING;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Holds of one key are one hold; the later takes the place of the earlier. */
    public record Key(Cause cause, @Nullable String model) {}

    public Key key() {
        return new Key(cause, model);
    }

    /**
     * True when {@code task} has to wait.
     *
     * @param called what its model is called; null when nobody knows
     */
    public boolean isInTheWayOf(Task task, @Nullable String called) {
        boolean ofItsAgent = task.spec().agent() == null || !cause.isOfBuiltInAgent();
        return ofItsAgent && concerns(called);
    }

    /**
     * True when a task for {@code wanted} has to wait.
     *
     * @param wanted the name of a model; null when the task takes the default and nobody knows which that is
     */
    public boolean concerns(@Nullable String wanted) {
        return model == null
                || (wanted != null && wanted.toLowerCase(Locale.ROOT).contains(model.toLowerCase(Locale.ROOT)));
    }
}
