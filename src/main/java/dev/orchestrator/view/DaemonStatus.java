package dev.orchestrator.view;

import dev.orchestrator.state.Snapshot;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The daemon of a home, as it is now.
 *
 * @param pid of the daemon that runs, or of the last one; null when none ever ran. So are the others.
 * @param since when it started
 * @param workers how many tasks it runs at the same time
 * @param stoppedAt null while it runs, and when it died without a word
 */
public record DaemonStatus(
        State state,
        @Nullable Long pid,
        @Nullable Instant since,
        @Nullable String version,
        @Nullable Integer workers,
        @Nullable Instant stoppedAt,
        @Nullable String stopReason) {

    /** True when there is a process. */
    public boolean isAlive() {
        return state == State.RUNNING || state == State.STOPPING;
    }

    /** What it does. */
    public enum State {
        RUNNING,
        /** It was asked to stop: it takes no files and starts nothing. */
        STOPPING,
        STOPPED,
        /** It ended without a word: killed, or the machine went down. */
        DIED,
        NEVER_STARTED;

        @Override
        public String toString() {
            return switch (this) {
                case RUNNING -> "running";
                case STOPPING -> "stopping";
                case STOPPED -> "stopped";
                case DIED -> "died";
                case NEVER_STARTED -> "never_started";
            };
        }
    }

    /**
     * @param running the daemon that is alive
     * @param last what the journal knows of the last one
     */
    static DaemonStatus of(Optional<DaemonInfo> running, Snapshot.@Nullable DaemonView last) {
        if (running.isPresent()) {
            DaemonInfo info = running.get();
            // It writes daemon.json just before it says in the journal that it has started.
            Integer workers = last != null && last.pid() == info.pid() ? (Integer) last.workers() : null;
            State state = info.stoppingSince() == null ? State.RUNNING : State.STOPPING;
            return new DaemonStatus(state, info.pid(), info.startedAt(), info.version(), workers, null, null);
        }
        if (last == null) {
            return new DaemonStatus(State.NEVER_STARTED, null, null, null, null, null, null);
        }
        return new DaemonStatus(
                last.stoppedAt() == null ? State.DIED : State.STOPPED,
                last.pid(),
                last.startedAt(),
                last.version(),
                last.workers(),
                last.stoppedAt(),
                last.stopReason());
    }
}
