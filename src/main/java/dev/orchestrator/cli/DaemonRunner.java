package dev.orchestrator.cli;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.config.Home;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a daemon in this process until it is stopped. Implemented at the top, which knows all parts. */
public interface DaemonRunner {

    /**
     * @param settings from the command line, by name
     * @param once end when nothing is left to do
     * @param agent instead of the one in the settings
     * @param quiet keep the operator log off standard error, its file has it all the same; and say nothing of the locale
     */
    record Request(
            Home home,
            Map<String, String> settings,
            Map<String, String> environment,
            boolean once,
            Optional<ClaudeOptions> agent,
            boolean quiet) {}

    /** What the daemon says on its way. */
    interface Listener {
        /** A sentence about the settings. */
        void note(String text);

        /** It is ready to take tasks. */
        void ready();
    }

    /** How it ended. */
    sealed interface Result {
        /**
         * @param ended tasks that ended, by how they did
         * @param rejected how many files were rejected
         * @param notTaken files that could not be taken in and wait, relative to the home
         * @param holds what is in the way of the unfinished ones
         * @param leftRunning tasks whose agents go on without a daemon
         */
        record Stopped(
                Map<TaskStatus, Long> ended,
                int unfinished,
                long rejected,
                List<String> notTaken,
                List<Hold> holds,
                List<TaskId> leftRunning)
                implements Result {
            public Stopped {
                ended = Map.copyOf(ended);
                leftRunning = List.copyOf(leftRunning);
                notTaken = List.copyOf(notTaken);
                holds = List.copyOf(holds);
            }

            public long succeeded() {
                return ended(TaskStatus.SUCCEEDED);
            }

            public long ended(TaskStatus status) {
                return ended.getOrDefault(status, 0L);
            }

            /** How many tasks ended other than well. */
            public long endedOtherwise() {
                return ended.values().stream().mapToLong(Long::longValue).sum() - succeeded();
            }

            boolean allSucceeded() {
                return endedOtherwise() + unfinished + rejected == 0 && notTaken.isEmpty();
            }

            /** True when nothing went wrong but that there is no agent to do what is left. */
            boolean onlyAgentMissing() {
                return unfinished > 0
                        && endedOtherwise() + rejected == 0
                        && notTaken.isEmpty()
                        && holds.stream().anyMatch(hold -> hold.cause().isLackOfAgent());
            }
        }

        record BadConfiguration(List<String> problems) implements Result {}

        /** The home's logs were moved or removed under the daemon, so that it could keep no promise any more. */
        record HomeLost() implements Result {}

        /** Another daemon has this home. */
        record HomeTaken(String holder) implements Result {}
    }

    Result run(Request request, Listener listener) throws Exception;
}
