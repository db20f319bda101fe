package dev.orchestrator.agent.command;

import dev.orchestrator.agent.run.ExitStatus;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.agent.run.Words;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Judges a run that is over. It succeeded when it ended by itself with exit code 0 and gave an answer, and nothing else is a
 * success. Pure.
 */
final class CommandOutcome {
    /** As a shell says that there is no such program, or that it may not be run. */
    private static final int NOT_FOUND = 127;

    private static final int NOT_EXECUTABLE = 126;

    /** It would only fill the disk again. */
    private static final Failure TOO_MUCH_OUTPUT = new Failure(
            FailureCategory.CRASH,
            "the agent printed more than a run may; it was stopped",
            "See its output, which was cut, for what it repeats.",
            false);

    private CommandOutcome() {}

    /** Empty when every sign of success is there. */
    static Optional<Failure> failure(RunEnd.Cause cause, Remains remains) {
        return stopped(cause).or(() -> remains.isSuccess() ? Optional.empty() : Optional.of(ended(remains)));
    }

    /** Runs that we ended ourselves: what they say then was not finished. */
    private static Optional<Failure> stopped(RunEnd.Cause cause) {
        return switch (cause) {
            case SILENT_START, SILENT, STALLED ->
                failure(
                        FailureCategory.TIMEOUT_IDLE,
                        "the agent printed nothing and changed no file for as long as it may; it was stopped");
            case OUT_OF_TIME -> failure(FailureCategory.TIMEOUT_TOTAL, "the task's time was up; the agent was stopped");
            case TOO_MUCH_OUTPUT -> Optional.of(TOO_MUCH_OUTPUT);
            case EXITED, LINGERED, OUT_OF_BOUNDS, HOPELESS_RETRY, CANCELLED, SHUTDOWN -> Optional.empty();
        };
    }

    private static Failure ended(Remains remains) {
        if (remains.exit().isEmpty()) {
            return Failure.of(FailureCategory.KILLED, "the agent ended, and nobody knows how");
        }
        int code = remains.exit().get().code();
        String error = remains.answer().error();
        if (error != null && !ExitStatus.isSignal(OptionalInt.of(code))) {
            return Words.failure(FailureCategory.CRASH, "the agent reported an error", error);
        }
        if (code == 0) {
            return withoutAnswer(remains);
        }
        if (code == NOT_FOUND || code == NOT_EXECUTABLE) {
            return Words.failure(
                            FailureCategory.CONFIG,
                            "the agent's command could not run a program (exit code " + code + ")",
                            Words.lastLine(remains.errors()))
                    .suggesting("Correct the agent's `command`, or install what it runs.");
        }
        return ExitStatus.failure(OptionalInt.of(code), true, remains.errors());
    }

    private static Failure withoutAnswer(Remains remains) {
        String problem = remains.answer().problem();
        if (problem == null) {
            return Failure.of(FailureCategory.KILLED, "the agent was asked to end before it was done");
        }
        return Words.failure(
                FailureCategory.NO_RESULT,
                "the agent ended without an answer, for " + problem,
                Words.lastLine(remains.errors()));
    }

    private static Optional<Failure> failure(FailureCategory category, String message) {
        return Optional.of(Failure.of(category, message));
    }
}
